package io.autodump.process;

import java.time.Duration;

/**
 * How long a dump may wait.
 *
 * @param stallTimeout how long {@code pg_dump} may make no progress
 * @param lockWaitTimeout how long {@code pg_dump} may wait for the lock of a table
 */
public record ProcessLimits(Duration stallTimeout, Duration lockWaitTimeout) {
    public ProcessLimits {
        requirePositive("stallTimeout", stallTimeout);
        requirePositive("lockWaitTimeout", lockWaitTimeout);
    }

    private static void requirePositive(String name, Duration limit) {
        if (limit.isNegative() || limit.toMillis() == 0) {
            throw new IllegalArgumentException(name + " is a millisecond or longer, not " + limit);
        }
    }
}
