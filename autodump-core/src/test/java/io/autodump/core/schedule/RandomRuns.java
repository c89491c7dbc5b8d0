package io.autodump.core.schedule;

import java.util.Random;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * How a random test runs: by default always with the same seed, and few tries. With
 * {@code -Dautodump.test.random=large} it has a new seed each time, and many tries; {@code make test-all} does that.
 * The message of a failure has the seed; {@code -Dautodump.test.seed=N} repeats it.
 */
public final class RandomRuns implements TestExecutionExceptionHandler {
    private static final long USUAL_SEED = 20_261_122;
    private static final boolean LARGE = "large".equals(System.getProperty("autodump.test.random"));

    private final long seed = Long.getLong("autodump.test.seed", LARGE ? System.nanoTime() : USUAL_SEED);

    /** A generator of the run's seed and this, so that parts of a test can be repeated alone. */
    public Random random(long salt) {
        return new Random(seed + salt);
    }

    /** How many tries to make. */
    public static int tries(int usual, int large) {
        return LARGE ? large : usual;
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) {
        String repeat = "-Dautodump.test.seed=" + seed + (LARGE ? " -Dautodump.test.random=large" : "");
        throw new AssertionError(failure.getMessage() + "\nRepeat it with " + repeat, failure);
    }
}
