package io.autodump.benchmark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Two commands, run in turn, so that a machine whose speed drifts treats both alike. */
final class Pair {
    private static final int RUNS = 5;

    private final Path folder;
    private final String only;
    private final Map<String, String> environment;

    Pair(Path folder, String only, Map<String, String> environment) {
        this.folder = folder;
        this.only = only;
        this.environment = environment;
    }

    /** Runs both once unmeasured and then five times each, and prints the medians and the median ratio. */
    void compare(String what, List<String> ours, List<String> theirs) throws IOException, InterruptedException {
        if (!what.contains(only)) {
            return;
        }
        seconds(ours);
        seconds(theirs);
        List<Double> first = new ArrayList<>();
        List<Double> second = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            double a = seconds(ours);
            double b = seconds(theirs);
            first.add(a);
            second.add(b);
            ratios.add(a / b);
        }
        System.out.printf(
                "%-44s ours %6.2f s   other %6.2f s   ratio %.2f (%.2f to %.2f)%n",
                what,
                median(first),
                median(second),
                median(ratios),
                ratios.stream().min(Double::compare).orElseThrow(),
                ratios.stream().max(Double::compare).orElseThrow());
    }

    /** Wall time of the whole process. */
    private double seconds(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(new File(folder.toFile(), "last-output")));
        builder.environment().putAll(environment);
        long began = System.nanoTime();
        int status = builder.start().waitFor();
        long took = System.nanoTime() - began;
        if (status != 0) {
            throw new IllegalStateException(
                    String.join(" ", command) + " exited with " + status + "; see " + folder.resolve("last-output"));
        }
        return (double) took / TimeUnit.SECONDS.toNanos(1);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
