package io.autodump.core.usecase.restore;

import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.ArchiveInspector;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpStore;
import io.autodump.core.usecase.dump.DigestingSink;
import io.autodump.core.usecase.dump.FinishedDump;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Reads a finished dump from end to end, once: its SHA-256 and size against the manifest, and the archive's own contents
 * list as the restoring program reads it. Changes nothing. Thread-safe.
 */
public final class VerifyDump {
    private final DumpStore store;
    private final ArchiveInspector inspector;

    public VerifyDump(DumpStore store, ArchiveInspector inspector) {
        this.store = store;
        this.inspector = inspector;
    }

    /**
     * Verifies one dump.
     *
     * @param progress is told of the stored bytes
     * @throws AutoDumpException {@code DUMP_NOT_FOUND}; {@code DUMP_CORRUPT} with what differs; {@code STORE_FAILED}
     */
    public VerifyReport verify(DumpKey key, DumpProgress progress) {
        DumpManifest manifest = FinishedDump.require(store, key);
        MessageDigest digest = DigestingSink.newSha256();
        try (InputStream stored = store.open(key);
                ProgressInputStream counted = new ProgressInputStream(stored, progress);
                DigestInputStream hashed = new DigestInputStream(counted, digest)) {
            Optional<Integer> entries = inspectOrExplain(manifest, hashed);
            hashed.transferTo(OutputStream.nullOutputStream());
            requireSameBytes(manifest, counted.bytes(), Checksum.ofSha256(digest.digest()));
            requireSameEntries(manifest, entries);
            return VerifyReport.builder()
                    .manifest(manifest)
                    .archiveEntries(entries)
                    .build();
        } catch (IOException | UncheckedIOException unreadable) {
            throw new AutoDumpException(
                    ErrorCode.STORE_FAILED,
                    "dump " + key + " couldn't be read: " + unreadable.getMessage() + "; nothing was changed",
                    "check the store, then verify again",
                    unreadable);
        }
    }

    /** An archive that can't be read is corrupt; whether its bytes differ too is what a person asks next. */
    private Optional<Integer> inspectOrExplain(DumpManifest manifest, DigestInputStream hashed) throws IOException {
        try {
            return inspector.inspect(manifest.fileType(), manifest.clientVersion(), hashed);
        } catch (AutoDumpException unreadable) {
            if (unreadable.code() != ErrorCode.DUMP_CORRUPT) {
                throw unreadable;
            }
            hashed.transferTo(OutputStream.nullOutputStream());
            Checksum actual = Checksum.ofSha256(hashed.getMessageDigest().digest());
            boolean sameBytes = actual.equals(manifest.checksum());
            throw new AutoDumpException(
                    ErrorCode.DUMP_CORRUPT,
                    "dump " + manifest.key() + ": " + unreadable.getMessage() + "; its bytes are "
                            + (sameBytes
                                    ? "those that were dumped"
                                    : "not those that were dumped (" + actual + ", the manifest has "
                                            + manifest.checksum() + ")"),
                    "use another dump of this database (autodump list), and make a new one",
                    unreadable);
        }
    }

    private static void requireSameBytes(DumpManifest manifest, long bytes, Checksum actual) {
        if (bytes != manifest.storedBytes() || !actual.equals(manifest.checksum())) {
            throw corrupt(
                    manifest,
                    "the store holds " + bytes + " bytes with " + actual + ", the manifest has "
                            + manifest.storedBytes() + " bytes with " + manifest.checksum());
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
                "use another dump of this database (autodump list), and make a new one");
    }
}
