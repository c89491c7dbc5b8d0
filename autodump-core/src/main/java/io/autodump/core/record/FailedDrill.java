package io.autodump.core.record;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.error.ErrorCode;
import java.time.Instant;
import java.util.Optional;

/**
 * The last restore drill of a dump, if it failed. The next drill of the dump replaces the record, and removes it if it
 * proves the dump. Never holds a secret's value. Immutable.
 *
 * @param dump the dump
 * @param at when the drill failed
 * @param code the code of the failure, {@code AD-nnnn}; that of a newer release isn't in {@link ErrorCode}
 * @param message what happened, for a person
 * @param hint what fixes the problem; empty if the message says it already
 * @param place where the drill was made
 * @param toolVersion the version of AutoDump that wrote the record
 */
public record FailedDrill(
        DumpKey dump,
        Instant at,
        String code,
        String message,
        Optional<String> hint,
        RunPlace place,
        String toolVersion)
        implements DumpRecord {
    @Override
    public RecordKey key() {
        return RecordKey.ofDump(dump, RecordKey.Kind.UNPROVEN);
    }
}
