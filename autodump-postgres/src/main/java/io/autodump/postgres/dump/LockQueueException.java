package io.autodump.postgres.dump;

import io.autodump.core.dump.DumpSettings;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.process.ProcessLimits;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Thrown if another session got between the locks of a parallel dump before {@code pg_dump} had written anything, so
 * that the dump gives up all its locks and begins again. Either it waits for a lock that the dump holds already, and a
 * session of the dump waits behind it: neither would ever end. Or it truncated a table before that was locked.
 */
final class LockQueueException extends AutoDumpException {
    private static final long serialVersionUID = 1L;

    /** {@code pg_dump} limits its {@code LOCK TABLE} by the latter. */
    private static final Pattern SAID = Pattern.compile("due to lock timeout|due to statement timeout");

    private static final Duration LOCK_WAIT = Duration.ofSeconds(1);

    LockQueueException(String message, String hint) {
        super(ErrorCode.DUMP_PROCESS_FAILED, message, hint);
    }

    /** The same failure, once no further try is made. */
    LockQueueException after(int tries, Duration tried) {
        return new LockQueueException(
                description() + " (" + tries + " tries in " + tried.toSeconds() + " seconds)", hint().orElse(""));
    }

    /** How long {@code pg_dump} waits for a lock while other sessions of the dump hold some. */
    static Duration lockWait(ProcessLimits limits, DumpSettings settings) {
        return Collections.min(List.of(
                limits.lockWaitTimeout(), LOCK_WAIT, settings.maxBlocking().dividedBy(2)));
    }

    /** Returns this exception for a {@code pg_dump} that waited for a lock, and the same failure for any other. */
    static AutoDumpException orOther(AutoDumpException failed) {
        return SAID.matcher(failed.description()).find()
                ? new LockQueueException(failed.description(), failed.hint().orElse(""))
                : failed;
    }
}
