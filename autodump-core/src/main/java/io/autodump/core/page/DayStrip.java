package io.autodump.core.page;

import io.autodump.core.internal.ReadableText;
import io.autodump.core.usecase.status.HistoryEntry.Outcome;
import io.autodump.core.usecase.status.RunMark;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The last 60 days of a database as a picture: one bar per day, oldest first. Days are in UTC. If runs of one day ended
 * differently, the worst counts. The outcomes differ in shape, not only in colour.
 */
final class DayStrip {
    private static final int DAYS = 60;
    private static final int STEP = 4;
    private static final int BAR = 3;
    private static final int HEIGHT = 22;

    /** The worst last. */
    private static final List<Outcome> BY_SEVERITY = List.of(
            Outcome.PROVEN, Outcome.MADE, Outcome.ACKNOWLEDGED, Outcome.SUSPICIOUS, Outcome.MISSED, Outcome.FAILED);

    private final Map<LocalDate, Outcome> worst = new HashMap<>();
    private final LocalDate today;

    DayStrip(List<RunMark> runs, Instant now) {
        this.today = day(now);
        runs.forEach(run -> worst.merge(day(run.scheduledAt()), run.outcome(), DayStrip::worse));
    }

    private static LocalDate day(Instant at) {
        return at.atZone(ZoneOffset.UTC).toLocalDate();
    }

    /** A day with a dump that is proven counts as proven, unless something else went wrong on it. */
    private static Outcome worse(Outcome one, Outcome other) {
        boolean good = BY_SEVERITY.indexOf(one) < 2 && BY_SEVERITY.indexOf(other) < 2;
        boolean first = BY_SEVERITY.indexOf(one) > BY_SEVERITY.indexOf(other);
        return good == first ? other : one;
    }

    Html html() {
        StringBuilder none = new StringBuilder();
        Map<Outcome, StringBuilder> good = new EnumMap<>(Outcome.class);
        Html bad = new Html();
        for (int i = 0; i < DAYS; i++) {
            LocalDate date = today.minusDays(DAYS - 1L - i);
            Outcome outcome = worst.get(date);
            int x = i * STEP;
            if (outcome == null) {
                none.append('M')
                        .append(x)
                        .append(" 19h")
                        .append(BAR)
                        .append("v2h-")
                        .append(BAR)
                        .append('z');
            } else if (outcome == Outcome.MADE || outcome == Outcome.PROVEN) {
                good.computeIfAbsent(outcome, any -> new StringBuilder()).append(bar(x));
            } else {
                bad.add(shape(outcome), x).add("<title>{}: {}</title></rect>", date, outcome.text());
            }
        }
        Html strip = new Html()
                .add(
                        "<svg class=\"strip\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">",
                        DAYS * STEP,
                        HEIGHT,
                        summary())
                .add("<path class=\"none\" d=\"{}\"/>", none);
        good.forEach((outcome, path) -> strip.add("<path class=\"{}\" d=\"{}\"/>", outcome.text(), path));
        return strip.add(bad).add("</svg>");
    }

    private static String bar(int x) {
        return "M" + x + " 3h" + BAR + "v18h-" + BAR + "z";
    }

    private static String shape(Outcome outcome) {
        return switch (outcome) {
            case FAILED -> "<rect class=\"failed\" x=\"{}\" y=\"0\" width=\"3\" height=\"22\">";
            case MISSED -> "<rect class=\"missed\" x=\"{}\" y=\"11\" width=\"3\" height=\"10\">";
            default -> "<rect class=\"suspicious\" x=\"{}\" y=\"7\" width=\"3\" height=\"14\">";
        };
    }

    /** For people who don't see the picture. */
    private String summary() {
        List<String> words = new ArrayList<>();
        int days = 0;
        for (Outcome outcome : BY_SEVERITY) {
            long number = worst.entrySet().stream()
                    .filter(day -> day.getKey().isAfter(today.minusDays(DAYS)))
                    .filter(day -> day.getValue() == outcome)
                    .count();
            days += (int) number;
            if (number > 0) {
                words.add(ReadableText.count(number, "day") + " " + outcome.text());
            }
        }
        words.add(ReadableText.count(Math.max(0, DAYS - days), "day") + " without a run");
        return "Last 60 days: " + String.join(", ", words);
    }
}
