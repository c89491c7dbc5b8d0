package io.autodump.cli.deployed;

import io.autodump.aws.stepfunctions.DeployedLogs;
import io.autodump.cli.terminal.Terminal;
import io.autodump.core.error.AutoDumpException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Prints the log of a run's jobs as it grows. A log that can't be read is no reason to end. Not thread-safe. */
final class FollowedLog {
    private static final int MOST_FAILURES = 3;

    private final Supplier<DeployedLogs> source;
    private final Terminal terminal;
    private Optional<DeployedLogs> logs = Optional.empty();
    private boolean grows;
    private int failures;

    /**
     * Prints nothing yet.
     *
     * @param source finds the log; may fail
     */
    FollowedLog(Supplier<DeployedLogs> source, Terminal terminal) {
        this.source = source;
        this.terminal = terminal;
    }

    /** Prints what is new. After several failures in a row, warns once and tries no more. */
    void printNew() {
        grows = false;
        if (failures == MOST_FAILURES) {
            return;
        }
        try {
            DeployedLogs found = logs.orElseGet(source);
            logs = Optional.of(found);
            List<String> lines = found.next();
            failures = 0;
            grows = !lines.isEmpty();
            lines.forEach(line -> terminal.print(JobLogLine.of(line)));
        } catch (AutoDumpException unread) {
            failures++;
            if (failures == MOST_FAILURES) {
                terminal.warn("the job's log isn't shown: " + unread.report());
            }
        }
    }

    /** Returns whether the last look found something, or failed and another may not. */
    boolean mayGoOn() {
        return grows || (failures > 0 && failures < MOST_FAILURES);
    }
}
