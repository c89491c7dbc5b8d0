package io.autodump.local.scheduler;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a program reads from a log entry, so that it needn't take the text apart. Immutable.
 *
 * @since 0.1.0
 */
public final class LogDetails {
    /** No details. */
    public static final LogDetails NONE =
            new LogDetails(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private final Optional<ErrorCode> code;
    private final Optional<String> hint;
    private final Optional<Instant> scheduledAt;
    private final Optional<DumpKey> key;
    private final Optional<Long> bytes;

    private LogDetails(
            Optional<ErrorCode> code,
            Optional<String> hint,
            Optional<Instant> scheduledAt,
            Optional<DumpKey> key,
            Optional<Long> bytes) {
        this.code = code;
        this.hint = hint;
        this.scheduledAt = scheduledAt;
        this.key = key;
        this.bytes = bytes;
    }

    /** Returns the details of a run. */
    public static LogDetails ofRun(Instant scheduledAt) {
        return new LogDetails(
                Optional.empty(), Optional.empty(), Optional.of(scheduledAt), Optional.empty(), Optional.empty());
    }

    /** Returns the same with the code and the hint of a failure. */
    public LogDetails failed(ErrorCode code, Optional<String> hint) {
        return new LogDetails(Optional.of(code), hint, scheduledAt, key, bytes);
    }

    /** Returns the same with the code and the hint of a failure. */
    public LogDetails failed(AutoDumpException failure) {
        return failed(failure.code(), failure.hint());
    }

    /** Returns the same with a dump. */
    public LogDetails dump(DumpKey key, long bytes) {
        return new LogDetails(code, hint, scheduledAt, Optional.of(key), Optional.of(bytes));
    }

    /** Returns the same with the hint in other words. */
    public LogDetails inWords(UnaryOperator<String> words) {
        return new LogDetails(code, hint.map(words), scheduledAt, key, bytes);
    }

    /** Returns the code of a failure. */
    public Optional<ErrorCode> code() {
        return code;
    }

    /** Returns the remedy of a failure. */
    public Optional<String> hint() {
        return hint;
    }

    /** Returns the instant for which a run is scheduled. */
    public Optional<Instant> scheduledAt() {
        return scheduledAt;
    }

    /** Returns the key of the dump that a run made. */
    public Optional<DumpKey> key() {
        return key;
    }

    /** Returns the size of that dump in the store. */
    public Optional<Long> bytes() {
        return bytes;
    }
}
