package io.autodump.benchmark.comparison;

import com.google.common.html.HtmlEscapers;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Horizontal bars in SVG, a group for each dataset, in colours that a light and a dark page can take. */
final class BarChart {
    private static final int WIDTH = 760;
    private static final int NAMES = 360;
    private static final int ROW = 20;
    private static final int TITLE = 34;
    private static final String STYLE = """
            <style>
              text { font: 12px system-ui, sans-serif; fill: #24292f }
              .title { font-weight: 600; font-size: 14px }
              .other { fill: #a8b3c0 } .ours { fill: #2f6fdb }
              @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .other { fill: #57606a } .ours { fill: #5c9dff } }
            </style>
            """;

    private BarChart() {}

    static String of(String title, Map<Dataset, Map<String, List<Measurement>>> groups) {
        StringBuilder bars = new StringBuilder();
        int y = TITLE;
        for (Map.Entry<Dataset, Map<String, List<Measurement>>> group : groups.entrySet()) {
            bars.append(text(0, y, "title", group.getKey().title()));
            y += ROW;
            double longest = group.getValue().values().stream()
                    .mapToDouble(runs -> Measurement.median(runs, Measurement::elapsed))
                    .max()
                    .orElse(1);
            for (Map.Entry<String, List<Measurement>> bar : group.getValue().entrySet()) {
                bars.append(bar(y, bar.getKey(), Measurement.median(bar.getValue(), Measurement::elapsed), longest));
                y += ROW;
            }
            y += ROW;
        }
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n"
                        .formatted(WIDTH, y, title)
                + STYLE + text(0, 14, "title", title) + bars + "</svg>\n";
    }

    private static String bar(int y, String name, double seconds, double longest) {
        double width = (WIDTH - NAMES - 60) * seconds / longest;
        String kind = name.startsWith("autodump") ? "ours" : "other";
        return text(0, y, "name", name)
                + String.format(
                        Locale.ROOT,
                        "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>%n",
                        kind,
                        NAMES,
                        y - 12,
                        width,
                        ROW - 5)
                + text((int) (NAMES + width + 6), y, "value", String.format(Locale.ROOT, "%.1f", seconds));
    }

    private static String text(int x, int y, String kind, String words) {
        return "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>%n"
                .formatted(kind, x, y, HtmlEscapers.htmlEscaper().escape(words));
    }
}
