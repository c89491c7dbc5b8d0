package io.autodump.core.usecase.copy;

import io.autodump.core.copy.CopyTarget;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.dump.StoredFile;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.OutcomeUnknownException;
import io.autodump.core.internal.IoReason;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpUpload;
import io.autodump.core.port.PartsUpload;
import io.autodump.core.usecase.ComparedStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Copies one finished dump to another store, and enforces what holds for every dump: it exists there only if it is
 * whole. The order is: each file is read to its end and compared with the manifest, its upload is committed, what the
 * other store holds is read back and compared, the manifest is published last. Nothing is staged. Thread-safe.
 */
final class CopyDump {
    private static final int CHUNK = 1 << 18;

    private final DumpStore source;
    private final CopyTarget target;

    CopyDump(DumpStore source, CopyTarget target) {
        this.source = source;
        this.target = target;
    }

    /**
     * Copies a dump, unless the same dump is there.
     *
     * @param manifest the manifest of a dump of the source
     * @param progress receives the bytes that were sent, and then those that were read back
     * @throws AutoDumpException what prevented the copy: {@code DUMP_CORRUPT}, {@code DUMP_EXISTS}, {@code
     *     STORE_FAILED}, {@code INTERRUPTED}; the copy doesn't exist then
     * @throws OutcomeUnknownException if the answer to the publication was lost
     */
    void copy(DumpManifest manifest, DumpProgress progress) {
        if (isThere(manifest)) {
            return;
        }
        try {
            send(manifest, progress);
        } catch (AutoDumpException failed) {
            if (failed.code() == ErrorCode.DUMP_EXISTS && isThere(manifest)) {
                return;
            }
            throw failed;
        }
    }

    /** Another process may have copied it meanwhile. */
    private boolean isThere(DumpManifest manifest) {
        Optional<DumpManifest> there = target.store().find(manifest.key());
        if (there.isPresent() && !there.get().equals(manifest)) {
            throw new AutoDumpException(
                    ErrorCode.DUMP_EXISTS,
                    target.name() + " has another dump with the key " + manifest.key() + "; nothing was copied",
                    "delete one of the two if it isn't needed");
        }
        return there.isPresent();
    }

    private void send(DumpManifest manifest, DumpProgress progress) {
        Transfer transfer = new Transfer(manifest, progress);
        if (manifest.parts().isEmpty()) {
            transfer.file();
        } else {
            transfer.parts();
        }
        try {
            transfer.readBack();
            target.store().publish(manifest);
        } catch (OutcomeUnknownException unknown) {
            throw unknown;
        } catch (RuntimeException failed) {
            discard(manifest, failed);
            throw failed;
        }
    }

    private void discard(DumpManifest manifest, RuntimeException why) {
        try {
            target.store().discard(manifest);
        } catch (RuntimeException leftBehind) {
            why.addSuppressed(leftBehind);
        }
    }

    /** The files of one dump on their way. Belongs to one thread. */
    private final class Transfer {
        private final DumpManifest manifest;
        private final DumpKey key;
        private final DumpProgress progress;
        private final byte[] buffer = new byte[CHUNK];
        private long bytes;

        Transfer(DumpManifest manifest, DumpProgress progress) {
            this.manifest = manifest;
            this.key = manifest.key();
            this.progress = progress;
        }

        private StoredFile whole() {
            return new StoredFile(manifest.storedBytes(), manifest.checksum());
        }

        void file() {
            String name = "dump " + key;
            try (InputStream from = new ComparedStream(source.open(key), whole(), name);
                    DumpUpload to = target.store().begin(key, manifest.storedBytes())) {
                send(name, from, to, whole());
            } catch (IOException unreadable) {
                throw unreadable(unreadable);
            }
        }

        void parts() {
            if (!target.store().takesParts()) {
                throw new AutoDumpException(
                        ErrorCode.STORE_FAILED,
                        target.name() + " takes no dumps of several parts, such as " + key + "; nothing was copied",
                        "copy to another store, or dump with autodump:jobs=1");
            }
            try (PartsUpload upload = target.store().beginParts(key, 1)) {
                manifest.parts().all().forEach(part -> part(part, upload));
                upload.commit();
            }
        }

        private void part(DumpPart part, PartsUpload upload) {
            String name = "part " + part.name() + " of dump " + key;
            try (InputStream from = new ComparedStream(source.openPart(key, part.name()), part.stored(), name);
                    DumpUpload to = upload.part(part.name())) {
                send(name, from, to, part.stored());
            } catch (IOException unreadable) {
                throw unreadable(unreadable);
            }
        }

        private void send(String name, InputStream from, DumpUpload to, StoredFile expected) throws IOException {
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                requireGoing();
                to.write(buffer, 0, read);
                bytes += read;
                progress.bytes(bytes);
            }
            StoredFile stored = to.commit();
            if (!stored.equals(expected)) {
                throw new AutoDumpException(
                        ErrorCode.DUMP_CORRUPT,
                        target.name() + " stored " + stored.bytes() + " bytes of " + name + " with " + stored.checksum()
                                + ", which isn't what was sent; nothing was published there",
                        "copy it again; if it happens again, that store loses bytes");
            }
        }

        /** An upload by itself only notices whether its bytes arrived. This reads what will be restored. */
        void readBack() {
            progress.begin(DumpProgress.Pass.VERIFICATION);
            bytes = 0;
            DumpStore store = target.store();
            if (manifest.parts().isEmpty()) {
                compare(store.open(key), whole(), "the copy of dump " + key + " in " + target.name());
            }
            for (DumpPart part : manifest.parts().all()) {
                compare(
                        store.openPart(key, part.name()),
                        part.stored(),
                        "the copy of part " + part.name() + " of dump " + key + " in " + target.name());
            }
        }

        private void compare(InputStream stored, StoredFile expected, String name) {
            try (InputStream compared = new ComparedStream(stored, expected, name)) {
                for (int read = compared.read(buffer); read >= 0; read = compared.read(buffer)) {
                    requireGoing();
                    bytes += read;
                    progress.bytes(bytes);
                }
            } catch (IOException | UncheckedIOException unreadable) {
                throw new AutoDumpException(
                        ErrorCode.STORE_FAILED,
                        name + " couldn't be read back: " + IoReason.of(unreadable) + "; nothing was published there",
                        "check that store; the next run copies the dump again",
                        unreadable);
            }
        }

        private AutoDumpException unreadable(IOException cause) {
            return new AutoDumpException(
                    ErrorCode.STORE_FAILED,
                    "dump " + key + " couldn't be read: " + IoReason.of(cause) + "; nothing was copied to "
                            + target.name(),
                    "check the store; the next run copies the dump again",
                    cause);
        }

        private void requireGoing() {
            if (Thread.currentThread().isInterrupted()) {
                throw new AutoDumpException(
                        ErrorCode.INTERRUPTED,
                        "the copy of dump " + key + " to " + target.name() + " was stopped; nothing of it is there",
                        "the next run copies the dump");
            }
        }
    }
}
