package io.autodump.core.usecase.restore;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.internal.IoReason;
import io.autodump.core.port.ArchiveInspector;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpStore;
import io.autodump.core.usecase.Ports;
import io.autodump.core.usecase.dump.FinishedDump;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Reads a finished dump once, from its beginning to its end. Compares SHA-256 and size with the manifest, and reads
 * the archive's contents list as the restoring program does. Changes nothing. Thread-safe.
 */
public final class VerifyDump {
    private final DumpStore store;
    private final ArchiveInspector inspector;

    VerifyDump(DumpStore store, ArchiveInspector inspector) {
        this.store = store;
        this.inspector = inspector;
    }

    /** Not API: {@link io.autodump.core.AutoDump#verify} is. */
    public static VerifyDump of(Ports ports) {
        return new VerifyDump(ports.store(), ports.inspector());
    }

    /**
     * Verifies one dump.
     *
     * @param progress receives the stored bytes that were read
     * @throws AutoDumpException {@code DUMP_NOT_FOUND}; {@code DUMP_CORRUPT} with what differs; {@code STORE_FAILED}
     */
    public VerifyReport verify(DumpKey key, DumpProgress progress) {
        return verify(FinishedDump.require(store, key), progress);
    }

    /** As above, with the manifest at hand. */
    VerifyReport verify(DumpManifest manifest, DumpProgress progress) {
        DumpKey key = manifest.key();
        progress.begin(DumpProgress.Pass.VERIFICATION);
        try (HashedStream stored = new HashedStream(store.open(key), progress)) {
            Optional<Integer> entries = inspectOrExplain(manifest, stored);
            Optional<String> difference = stored.difference(manifest);
            if (difference.isPresent()) {
                throw corrupt(manifest, difference.get());
            }
            requireSameEntries(manifest, entries);
            return VerifyReport.builder()
                    .manifest(manifest)
                    .archiveEntries(entries)
                    .build();
        } catch (IOException | UncheckedIOException unreadable) {
            throw new AutoDumpException(
                    ErrorCode.STORE_FAILED,
                    "dump " + key + " couldn't be read: " + IoReason.of(unreadable) + "; nothing was changed",
                    "check the store, then verify again",
                    unreadable);
        }
    }

    /** Explains an archive that can't be read: do its bytes differ from the manifest too? */
    private Optional<Integer> inspectOrExplain(DumpManifest manifest, HashedStream stored) throws IOException {
        try {
            return inspector.inspect(manifest, stored);
        } catch (AutoDumpException unreadable) {
            if (unreadable.code() != ErrorCode.DUMP_CORRUPT) {
                throw unreadable;
            }
            String bytes = stored.difference(manifest)
                    .map(difference -> "not those that were dumped (" + difference + ")")
                    .orElse("those that were dumped");
            throw new AutoDumpException(
                    ErrorCode.DUMP_CORRUPT,
                    "dump " + manifest.key() + ": " + unreadable.description() + "; its bytes are " + bytes,
                    Hints.OTHER_DUMP,
                    unreadable);
        }
    }

    private static void requireSameEntries(DumpManifest manifest, Optional<Integer> entries) {
        if (!entries.equals(manifest.archiveEntries())) {
            throw corrupt(
                    manifest,
                    "its contents list has " + entries.map(String::valueOf).orElse("no") + " entries, the manifest has "
                            + manifest.archiveEntries().map(String::valueOf).orElse("none"));
        }
    }

    private static AutoDumpException corrupt(DumpManifest manifest, String difference) {
        return new AutoDumpException(
                ErrorCode.DUMP_CORRUPT,
                "dump " + manifest.key() + " isn't what was dumped: " + difference,
                Hints.OTHER_DUMP);
    }
}
