package io.autodump.chaos;

import java.util.Random;

/**
 * How many faults a run makes, and where: the short form in {@code make test}, a longer one in {@code make test-all},
 * and the long one on demand.
 */
final class ChaosForm {
    private static final boolean FULL = "full".equals(System.getProperty("autodump.chaos"));
    private static final boolean SHORT = !FULL && !Boolean.getBoolean("autodump.test.full");
    private static final long SEED = Long.getLong("autodump.chaos.seed", System.nanoTime());

    private ChaosForm() {}

    /** The long form's number can be set for all tests, by {@code -Dautodump.chaos.times}. */
    static int times(int inShortForms, int inLongForm) {
        return FULL ? Integer.getInteger("autodump.chaos.times", inLongForm) : inShortForms;
    }

    /** The same with a number of its own for {@code make test-all}. */
    static int times(int inShortForm, int inTestAll, int inLongForm) {
        return times(SHORT ? inShortForm : inTestAll, inLongForm);
    }

    static boolean isFull() {
        return FULL;
    }

    static boolean isShort() {
        return SHORT;
    }

    /** Whether a fault is asked for: {@code -Dautodump.chaos.fault} names one, and by default all are. */
    static boolean isAskedFor(Enum<?> fault) {
        String name = System.getProperty("autodump.chaos.fault", "");
        return name.isEmpty() || name.equals(fault.name());
    }

    /** Each test gets moments of its own, which are the same again with the same seed. */
    static Random random(String test) {
        return new Random(SEED ^ test.hashCode());
    }

    /** For every message of a failure. */
    static String repeat() {
        return "repeat it with -Dautodump.chaos.seed=" + SEED + (FULL ? " -Dautodump.chaos=full" : "");
    }
}
