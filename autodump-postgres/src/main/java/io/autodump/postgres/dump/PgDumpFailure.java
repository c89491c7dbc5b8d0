package io.autodump.postgres.dump;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.ByteCount;
import io.autodump.postgres.connection.ServerReason;
import io.autodump.postgres.part.PartFailedException;
import io.autodump.postgres.part.TableLockedException;
import io.autodump.postgres.part.TableVanishedException;
import io.autodump.process.ChildProcess;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** Explains why {@code pg_dump} failed, with a hint. */
final class PgDumpFailure {
    private static final int SIGKILL = 9;
    private static final String ERROR = "error: ";
    private static final String FROM_SERVER = "Error message from server: ";
    private static final String PROGRAM = "pg_dump: ";
    private static final String SESSION_ENDED = PROGRAM + "FATAL: ";
    private static final String SERVER_HINT =
            "look for locks and a lost network connection (pg_stat_activity), then run the dump again";

    private PgDumpFailure() {}

    /** For an exit status other than 0. */
    static AutoDumpException exited(int status, long bytes, List<String> stderr, DatabaseSecret database) {
        OptionalInt signal = ChildProcess.signal(status);
        if (signal.isPresent()) {
            String hint = signal.getAsInt() == SIGKILL
                    ? "the kernel or the container runtime ends processes like that when memory runs out: give the job"
                            + " more memory (autodump:memory)"
                    : "find out who stopped it, then run the dump again";
            return new AutoDumpException(
                    ErrorCode.DUMP_PROCESS_KILLED,
                    "pg_dump was ended by signal " + signal.getAsInt() + " after " + ByteCount.text(bytes)
                            + "; nothing was published",
                    hint);
        }
        String message = "pg_dump exited with status " + status + " after " + ByteCount.text(bytes)
                + "; nothing was published"
                + cause(stderr).map(text -> ": " + text).orElse("");
        String said = String.join("\n", stderr);
        String hint = PgDumpHints.of(said, database);
        if (bytes == 0 && VanishedObjectException.isMeantBy(said)) {
            return new VanishedObjectException(message, hint);
        }
        return new AutoDumpException(code(said), message, hint);
    }

    /** The session of {@code pg_dump}, of a part or of the snapshot: a standby may cancel each of them. */
    static ErrorCode code(String said) {
        return said.contains("conflict with recovery") ? ErrorCode.STANDBY_CONFLICT : ErrorCode.DUMP_PROCESS_FAILED;
    }

    /** For a session that reads parts and couldn't lock their table at once. */
    static LockQueueException queued(TableLockedException locked, DatabaseSecret database) {
        String message = String.valueOf(locked.getMessage());
        return new LockQueueException(message + "; nothing was published", PgDumpHints.of(message, database));
    }

    /** For a table that was truncated or rewritten after the snapshot was taken and before it was locked. */
    static LockQueueException rewritten(String table) {
        return new LockQueueException(
                "table " + table + " was truncated or rewritten while the dump began; nothing was published",
                "run the dump when " + table + " isn't truncated all the time, or set autodump:jobs to 1");
    }

    /** For a part whose rows couldn't be read. */
    static AutoDumpException part(PartFailedException failed, long bytes, DatabaseSecret database) {
        String message = String.valueOf(failed.getMessage());
        return new AutoDumpException(
                code(message),
                message + ", after " + ByteCount.text(bytes) + "; nothing was published",
                failed.isLost() ? PgDumpHints.ofLostSession(message, database) : PgDumpHints.of(message, database),
                failed);
    }

    /** For a table that was to be read in parts and was dropped meanwhile. */
    static VanishedObjectException vanished(TableVanishedException dropped, DatabaseSecret database) {
        String message = String.valueOf(dropped.getMessage());
        return new VanishedObjectException(message + "; nothing was published", PgDumpHints.of(message, database));
    }

    /** For a server that refused to tell or to lock the tables that are read in parts. */
    static AutoDumpException noParts(SQLException refused, DatabaseSecret database) {
        String message = ServerReason.of(refused);
        return new AutoDumpException(
                code(message),
                "the tables couldn't be prepared to be read in several sessions: " + message
                        + "; nothing was published",
                PgDumpHints.of(message, database),
                refused);
    }

    /** What made no progress. */
    enum Stalled {
        PG_DUMP("pg_dump", SERVER_HINT),
        SESSION("a session beside pg_dump", SERVER_HINT),
        /** It reads the contents list of the archive, and no server. */
        PG_RESTORE(
                "pg_restore, which checks the archive,",
                "look at the pg_restore of the client programs in use and at the load of this machine, then run the dump"
                        + " again");

        private final String name;
        private final String hint;

        Stalled(String name, String hint) {
            this.name = name;
            this.hint = hint;
        }
    }

    /** For a dump that was stopped because it made no progress. */
    static AutoDumpException stalled(Stalled what, Duration stallTimeout, long bytes) {
        return new AutoDumpException(
                ErrorCode.DUMP_STALLED,
                what.name + " made no progress for " + stallTimeout + ", after " + ByteCount.text(bytes)
                        + ", and was ended; nothing was published",
                what.hint);
    }

    /** For a dump that was stopped because other sessions waited too long for its locks. */
    static AutoDumpException blockedOthers(Duration limit, String who, long bytes) {
        return new AutoDumpException(
                ErrorCode.DUMP_BLOCKED_OTHERS,
                "the dump gave up its locks after " + ByteCount.text(bytes) + ", because others waited for longer than "
                        + limit + ": " + who + "; nothing was published",
                "run the dump when no table is altered, or raise autodump:max-blocking");
    }

    /** For a dump that was stopped because its time was over. */
    static AutoDumpException timedOut(Duration timeout, long bytes) {
        return new AutoDumpException(
                ErrorCode.DUMP_TIMED_OUT,
                "the dump took longer than " + timeout + " (" + ByteCount.text(bytes)
                        + " by then) and was ended; nothing was published",
                "raise autodump:timeout, or leave rows out by autodump:exclude-table-data");
    }

    /** For a dump whose time was over before it began. */
    static AutoDumpException timedOutBefore(Duration timeout) {
        return new AutoDumpException(
                ErrorCode.DUMP_TIMED_OUT,
                "the server hadn't answered all that it is asked before a dump when " + timeout
                        + " were over; nothing was published",
                "look at the server and the way to it, or raise autodump:timeout");
    }

    /** For a dump that was stopped because AutoDump must stop. */
    static AutoDumpException stopped(long bytes) {
        return new AutoDumpException(
                ErrorCode.INTERRUPTED,
                "the dump was stopped after " + ByteCount.text(bytes) + "; nothing was published",
                "run it again");
    }

    /**
     * Returns the last error of {@code pg_dump} and the server's message. That is on the line after it, or came before
     * it, when the server ended a session between two queries.
     */
    private static Optional<String> cause(List<String> stderr) {
        Optional<String> error = last(stderr, line -> line.contains(ERROR)).map(line -> after(ERROR, line));
        Optional<String> server = last(stderr, line -> line.contains(FROM_SERVER))
                .map(line -> after(FROM_SERVER, line))
                .or(() -> last(stderr, line -> line.startsWith(SESSION_ENDED)).map(line -> after(PROGRAM, line)));
        if (error.isPresent() && server.isPresent()) {
            return Optional.of(error.get() + " (" + server.get() + ")");
        }
        return error.or(() -> server).or(() -> last(stderr, line -> true));
    }

    private static Optional<String> last(List<String> lines, Predicate<String> wanted) {
        return lines.stream().filter(wanted).reduce((first, second) -> second);
    }

    private static String after(String marker, String line) {
        return line.substring(line.indexOf(marker) + marker.length());
    }
}
