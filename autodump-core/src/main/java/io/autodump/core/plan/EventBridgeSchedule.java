package io.autodump.core.plan;

import com.google.common.base.Splitter;
import io.autodump.core.schedule.CronExpression;
import io.autodump.core.schedule.CronSyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognizes schedules in the forms of Amazon EventBridge, and says how AutoDump writes them. */
final class EventBridgeSchedule {
    private static final Pattern CRON = Pattern.compile("cron\\((.*)\\)", Pattern.CASE_INSENSITIVE);
    private static final Pattern RATE =
            Pattern.compile("rate\\(\\s*(\\d{1,3})\\s+(minute|hour|day)s?\\s*\\)", Pattern.CASE_INSENSITIVE);
    private static final Pattern NUMBER = Pattern.compile("(?<![#\\d/])[1-7](?![\\d])");
    private static final int FIELDS = 6;
    private static final int DAY_OF_WEEK = 4;
    private static final int YEAR = 5;

    private EventBridgeSchedule() {}

    /** What is wrong and what to write; empty for a text in another form. */
    static Optional<String> problem(String text) {
        Matcher cron = CRON.matcher(text);
        if (cron.matches()) {
            return Optional.of(problem(text, fiveFields(cron.group(1).strip())));
        }
        if (isBare(text)) {
            return Optional.of(problem(text, fiveFields(text.strip())));
        }
        Matcher rate = RATE.matcher(text);
        if (rate.matches()) {
            return Optional.of(problem(text, times(rate)));
        }
        return text.toLowerCase(Locale.ROOT).startsWith("rate(")
                ? Optional.of(problem(text, Optional.empty()))
                : Optional.empty();
    }

    /** The fields without {@code cron(…)} around them. */
    private static boolean isBare(String text) {
        return text.contains("?")
                && Splitter.onPattern("\\s+").splitToList(text.strip()).size() == FIELDS;
    }

    private static String problem(String text, Optional<String> ours) {
        return "\"" + text + "\" is in EventBridge's form; "
                + ours.filter(EventBridgeSchedule::isReadable)
                        .map(fields -> "write " + fields)
                        .orElse("write five fields: minute, hour, day of month, month, day of week");
    }

    /** EventBridge has a sixth field for the year, writes ? for one of the days, and counts Sunday as 1. */
    private static Optional<String> fiveFields(String six) {
        List<String> fields = Splitter.onPattern("\\s+").splitToList(six);
        if (fields.size() != FIELDS || !fields.get(YEAR).equals("*")) {
            return Optional.empty();
        }
        String dayOfWeek = NUMBER.matcher(fields.get(DAY_OF_WEEK))
                .replaceAll(number -> String.valueOf(Integer.parseInt(number.group()) - 1));
        String joined = String.join(" ", fields.subList(0, DAY_OF_WEEK)) + " " + dayOfWeek;
        return Optional.of(joined.replace('?', '*').replace("*", "-").replace(',', ':'));
    }

    /** Runs at the full hour or at two in the morning: a rate says no time, and a schedule needs one. */
    private static Optional<String> times(Matcher rate) {
        int every = Integer.parseInt(rate.group(1));
        Map<String, String> once = Map.of("hour", "0 - - - -", "day", "0 2 - - -");
        Map<String, String> several = Map.of("minute", "-/" + every + " - - - -", "hour", "0 -/" + every + " - - -");
        String unit = rate.group(2).toLowerCase(Locale.ROOT);
        return Optional.ofNullable((every == 1 ? once : several).get(unit));
    }

    private static boolean isReadable(String fields) {
        try {
            return !CronExpression.parse(fields).isImpossible();
        } catch (CronSyntaxException unreadable) {
            return false;
        }
    }
}
