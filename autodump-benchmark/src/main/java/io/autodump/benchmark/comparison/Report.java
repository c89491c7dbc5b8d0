package io.autodump.benchmark.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the results between two marks in {@code docs/performance.md}, and the plots beside it. */
final class Report {
    private static final String BEGIN = "<!-- make bench writes from here -->";
    private static final String END = "<!-- to here -->";

    private final Path docs;
    private final long megabytes;
    private final int rounds;

    Report(Path checkout, long megabytes, int rounds) {
        this.docs = checkout.resolve("docs");
        this.megabytes = megabytes;
        this.rounds = rounds;
    }

    void write(
            Map<Dataset, Map<String, List<Measurement>>> dumps, Map<Dataset, Map<String, List<Measurement>>> restores)
            throws IOException {
        Path images = Files.createDirectories(docs.resolve("images"));
        Files.writeString(images.resolve("bench-dumps.svg"), BarChart.of("Dumps: seconds", dumps));
        Files.writeString(images.resolve("bench-restores.svg"), BarChart.of("Restores: seconds", restores));
        Path page = docs.resolve("performance.md");
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException(page + " has lost its marks: " + BEGIN + " … " + END);
        }
        Files.writeString(
                page,
                text.substring(0, begin + BEGIN.length()) + "\n\n" + tables(dumps, restores) + text.substring(end));
        System.out.println("Written: " + page);
    }

    private String tables(
            Map<Dataset, Map<String, List<Measurement>>> dumps, Map<Dataset, Map<String, List<Measurement>>> restores) {
        return conditions()
                + "\n![Seconds of each way to dump, by database](images/bench-dumps.svg)\n\n"
                + dumps.entrySet().stream()
                        .map(entry -> table("Dumps: " + entry.getKey().title(), entry.getValue()))
                        .collect(Collectors.joining("\n"))
                + "\n![Seconds of each way to restore, by database](images/bench-restores.svg)\n\n"
                + restores.entrySet().stream()
                        .map(entry -> table("Restores: " + entry.getKey().title(), entry.getValue()))
                        .collect(Collectors.joining("\n"))
                + "\n";
    }

    private String conditions() {
        return """
                Each database has about %d MB. Medians of %d rounds in turn, after one that isn't counted. %d processors,
                Java %d. Processor time is that of the command with its programs, without the two servers. Memory is the
                largest resident set of one process.
                """.formatted(
                        megabytes,
                        rounds,
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.version().feature());
    }

    private static String table(String title, Map<String, List<Measurement>> results) {
        double first = Measurement.median(results.values().iterator().next(), Measurement::elapsed);
        StringBuilder table = new StringBuilder("**" + title + "**\n\n"
                + "| | seconds (lowest to highest) | of the first row | processor | memory | on disk |\n"
                + "|---|---|---|---|---|---|\n");
        results.forEach((name, runs) -> table.append(row(name, runs, first)));
        return table.toString();
    }

    private static String row(String name, List<Measurement> runs, double first) {
        double elapsed = Measurement.median(runs, Measurement::elapsed);
        return String.format(
                Locale.ROOT,
                "| `%s` | %.2f (%.2f to %.2f) | %.2f | %.2f s | %.0f MB | %.0f MB |%n",
                name.replace("|", "\\|"),
                elapsed,
                Measurement.lowest(runs),
                Measurement.highest(runs),
                elapsed / first,
                Measurement.median(runs, Measurement::processor),
                Measurement.median(runs, Measurement::memory) / 1e6,
                Measurement.median(runs, Measurement::stored) / 1e6);
    }
}
