package io.autodump.core.page;

import io.autodump.core.dump.DumpManifest;
import io.autodump.core.internal.ReadableText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The sizes of a database's newest dumps as a small picture. Begins at zero, so that a change isn't exaggerated. */
final class SizeChart {
    private static final double WIDTH = 120;
    private static final double HEIGHT = 26;
    private static final double MARGIN = 3;

    private final List<DumpManifest> oldestFirst;

    SizeChart(List<DumpManifest> newestFirst) {
        List<DumpManifest> dumps = new ArrayList<>(newestFirst);
        Collections.reverse(dumps);
        this.oldestFirst = dumps;
    }

    /** Nothing for fewer than two dumps. */
    Html html() {
        if (oldestFirst.size() < 2) {
            return new Html();
        }
        long smallest =
                oldestFirst.stream().mapToLong(DumpManifest::storedBytes).min().orElseThrow();
        long largest =
                oldestFirst.stream().mapToLong(DumpManifest::storedBytes).max().orElseThrow();
        String label = "Size of the last " + oldestFirst.size() + " dumps: " + ReadableText.bytes(smallest) + " to "
                + ReadableText.bytes(largest);
        List<String> points = points(Math.max(1, largest));
        String line = String.join(" ", points);
        return new Html()
                .add(
                        "<svg class=\"chart\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\"><title>{}</title>",
                        Html.number(WIDTH),
                        Html.number(HEIGHT),
                        label,
                        label)
                .add(
                        "<polygon points=\"{},{} {} {},{}\"/>",
                        x(0),
                        Html.number(HEIGHT),
                        line,
                        x(oldestFirst.size() - 1),
                        Html.number(HEIGHT))
                .add("<polyline points=\"{}\"/></svg>", line);
    }

    private List<String> points(long largest) {
        List<String> points = new ArrayList<>();
        for (int i = 0; i < oldestFirst.size(); i++) {
            double share = (double) oldestFirst.get(i).storedBytes() / largest;
            points.add(x(i) + "," + Html.number(HEIGHT - share * (HEIGHT - MARGIN)));
        }
        return points;
    }

    private String x(int index) {
        Duration whole = Duration.between(
                oldestFirst.get(0).scheduledAt(),
                oldestFirst.get(oldestFirst.size() - 1).scheduledAt());
        Duration part = Duration.between(
                oldestFirst.get(0).scheduledAt(), oldestFirst.get(index).scheduledAt());
        double share = whole.isZero() ? 0 : (double) part.toSeconds() / Math.max(1, whole.toSeconds());
        return Html.number(share * WIDTH);
    }
}
