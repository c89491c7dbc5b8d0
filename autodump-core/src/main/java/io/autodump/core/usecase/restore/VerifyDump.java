package io.autodump.core.usecase.restore;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.dump.StoredFile;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.internal.IoReason;
import io.autodump.core.port.ArchiveInspector;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpStore;
import io.autodump.core.usecase.Encryption;
import io.autodump.core.usecase.HashedStream;
import io.autodump.core.usecase.Ports;
import io.autodump.core.usecase.dump.FinishedDump;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Reads a finished dump once, from its beginning to its end. Compares SHA-256 and size with the manifest, and reads
 * the archive's contents list as the restoring program does. If the dump has several parts, it reads each of them, some
 * at a time, and counts its rows. Of an encrypted dump without an identity, it compares the bytes alone. Changes
 * nothing. Thread-safe.
 */
public final class VerifyDump {
    private final DumpStore store;
    private final ArchiveInspector inspector;
    private final Encryption encryption;

    VerifyDump(DumpStore store, ArchiveInspector inspector, Encryption encryption) {
        this.store = store;
        this.inspector = inspector;
        this.encryption = encryption;
    }

    /** Not API: {@link io.autodump.core.AutoDump#verify} is. */
    public static VerifyDump of(Ports ports) {
        return new VerifyDump(ports.store(), ports.inspector(), ports.encryption());
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
        progress.begin(DumpProgress.Pass.VERIFICATION);
        try {
            Optional<Integer> entries =
                    manifest.parts().isEmpty() ? verifyFile(manifest, progress) : verifyParts(manifest, progress);
            return VerifyReport.builder()
                    .manifest(manifest)
                    .archiveEntries(entries)
                    .contentsRead(encryption.canRead(manifest))
                    .build();
        } catch (IOException | UncheckedIOException unreadable) {
            throw new AutoDumpException(
                    ErrorCode.STORE_FAILED,
                    "dump " + manifest.key() + " couldn't be read: " + IoReason.of(unreadable)
                            + "; nothing was changed",
                    "check the store, then verify again",
                    unreadable);
        }
    }

    private Optional<Integer> verifyFile(DumpManifest manifest, DumpProgress progress) throws IOException {
        StoredFile expected = new StoredFile(manifest.storedBytes(), manifest.checksum());
        try (HashedStream stored = new HashedStream(store.open(manifest.key()), progress)) {
            return verifyArchive(manifest, new Pass("dump " + manifest.key(), expected, stored));
        }
    }

    private Optional<Integer> verifyParts(DumpManifest manifest, DumpProgress progress) {
        return new VerifiedParts(manifest, progress).verify((part, read) -> verifyPart(manifest, part, read));
    }

    private Optional<Integer> verifyPart(DumpManifest manifest, DumpPart part, DumpProgress progress) {
        String subject = "part " + part.name() + " of dump " + manifest.key();
        try (HashedStream stored = new HashedStream(store.openPart(manifest.key(), part.name()), progress)) {
            Pass pass = new Pass(subject, part.stored(), stored);
            if (part.isArchive()) {
                return verifyArchive(manifest, pass);
            }
            verifyRows(manifest, part, pass);
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** One file that is read. */
    private record Pass(String subject, StoredFile expected, HashedStream stored) {
        Optional<String> difference() throws IOException {
            return stored.difference(expected);
        }

        AutoDumpException corrupt(String difference) {
            return new AutoDumpException(
                    ErrorCode.DUMP_CORRUPT, subject + " isn't what was dumped: " + difference, Hints.OTHER_DUMP);
        }
    }

    private Optional<Integer> verifyArchive(DumpManifest manifest, Pass pass) throws IOException {
        if (!encryption.canRead(manifest)) {
            requireSameBytes(pass);
            return Optional.empty();
        }
        Optional<Integer> entries =
                readOrExplain(pass, () -> inspector.inspect(manifest, encryption.decrypting(manifest, pass.stored())));
        requireSameBytes(pass);
        requireSameEntries(manifest, pass, entries);
        return entries;
    }

    private void verifyRows(DumpManifest manifest, DumpPart part, Pass pass) throws IOException {
        OptionalLong rows = encryption.canRead(manifest)
                ? readOrExplain(
                        pass, () -> inspector.countRows(manifest, part, encryption.decrypting(manifest, pass.stored())))
                : OptionalLong.empty();
        requireSameBytes(pass);
        if (rows.isPresent() && rows.getAsLong() != part.rows()) {
            throw pass.corrupt("it holds " + rows.getAsLong() + " rows, the manifest has " + part.rows());
        }
    }

    private static void requireSameBytes(Pass pass) throws IOException {
        Optional<String> difference = pass.difference();
        if (difference.isPresent()) {
            throw pass.corrupt(difference.get());
        }
    }

    /** Explains a file that can't be read: do its bytes differ from the manifest too? */
    private static <T> T readOrExplain(Pass pass, Supplier<T> reading) throws IOException {
        try {
            return reading.get();
        } catch (AutoDumpException unreadable) {
            Optional<String> difference = mayBeCorrupt(unreadable) ? pass.difference() : Optional.empty();
            if (unreadable.code() != ErrorCode.DUMP_CORRUPT && difference.isEmpty()) {
                throw unreadable;
            }
            String bytes = difference
                    .map(what -> "not those that were dumped (" + what + ")")
                    .orElse("those that were dumped");
            throw new AutoDumpException(
                    ErrorCode.DUMP_CORRUPT,
                    pass.subject() + ": " + unreadable.description() + "; its bytes are " + bytes,
                    Hints.OTHER_DUMP,
                    unreadable);
        }
    }

    /** A changed header looks like one for other recipients. */
    private static boolean mayBeCorrupt(AutoDumpException unreadable) {
        return unreadable.code() == ErrorCode.DUMP_CORRUPT || unreadable.code() == ErrorCode.IDENTITY_REFUSED;
    }

    private static void requireSameEntries(DumpManifest manifest, Pass pass, Optional<Integer> entries) {
        if (!entries.equals(manifest.archiveEntries())) {
            throw pass.corrupt(
                    "its contents list has " + entries.map(String::valueOf).orElse("no") + " entries, the manifest has "
                            + manifest.archiveEntries().map(String::valueOf).orElse("none"));
        }
    }
}
