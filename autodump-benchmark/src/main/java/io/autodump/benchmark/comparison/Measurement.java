package io.autodump.benchmark.comparison;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One run of a command, with the processes that it started and waited for.
 *
 * @param elapsed in seconds
 * @param processor user and system time in seconds, without the database server and the S3 server
 * @param memory the largest resident memory of one of its processes, in bytes
 * @param stored the bytes that it left on disk
 */
record Measurement(double elapsed, double processor, double memory, double stored) {
    /** The middle one of an odd number of values. */
    static double median(List<Measurement> runs, ToDoubleFunction<Measurement> value) {
        return runs.stream().mapToDouble(value).sorted().toArray()[runs.size() / 2];
    }

    static double lowest(List<Measurement> runs) {
        return runs.stream().mapToDouble(Measurement::elapsed).min().orElseThrow();
    }

    static double highest(List<Measurement> runs) {
        return runs.stream().mapToDouble(Measurement::elapsed).max().orElseThrow();
    }
}
