package io.autodump.benchmark.comparison;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Contenders in turn, so that a machine whose speed drifts treats them alike: a round unmeasured, then the others. Each
 * round has another order, because some machines are slower after a command that keeps all processors busy.
 */
final class Comparison {
    private final Stopwatch stopwatch;
    private final int rounds;
    private final Runnable cleanUp;

    /**
     * Prepares a comparison.
     *
     * @param cleanUp runs after each command, unmeasured
     */
    Comparison(Stopwatch stopwatch, int rounds, Runnable cleanUp) {
        this.stopwatch = stopwatch;
        this.rounds = rounds;
        this.cleanUp = cleanUp;
    }

    /** Returns the measurements of each contender by its name, in the contenders' order. */
    Map<String, List<Measurement>> run(List<Contender> contenders) throws IOException, InterruptedException {
        Map<String, List<Measurement>> results = new LinkedHashMap<>();
        for (Contender contender : contenders) {
            results.put(contender.name(), new ArrayList<>());
            measure(contender);
        }
        for (int round = 1; round <= rounds; round++) {
            for (Contender contender : shuffled(contenders, round)) {
                Measurement measured = measure(contender);
                requireNonNull(results.get(contender.name())).add(measured);
                System.out.printf(
                        Locale.ROOT,
                        "  %d/%d %-46s %7.2f s, processor %7.2f s, memory %4.0f MB%n",
                        round,
                        rounds,
                        contender.name(),
                        measured.elapsed(),
                        measured.processor(),
                        measured.memory() / 1e6);
            }
        }
        return results;
    }

    /** Returns the same order for the same round of each comparison. */
    private static List<Contender> shuffled(List<Contender> contenders, int round) {
        List<Contender> order = new ArrayList<>(contenders);
        Collections.shuffle(order, new Random(round));
        return order;
    }

    private Measurement measure(Contender contender) throws IOException, InterruptedException {
        Measurement measured = stopwatch.measure(contender);
        cleanUp.run();
        return measured;
    }
}
