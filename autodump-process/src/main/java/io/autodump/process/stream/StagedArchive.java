package io.autodump.process.stream;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.internal.IoReason;
import io.autodump.process.PrivateFolders;
import io.autodump.process.ShutdownCleanup;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An archive in a file that only this user can read, because a parallel restore seeks in it. {@link #close} removes the
 * file, and so does the end of the JVM. If this process is killed, the next one removes it.
 */
public final class StagedArchive implements AutoCloseable {
    private final Path file;
    private final Runnable cleanup = this::remove;

    private StagedArchive(Path file) {
        this.file = file;
        ShutdownCleanup.add(cleanup);
    }

    /**
     * Writes the archive to a folder of its own.
     *
     * @param bytes the size of the archive
     * @param parent where that folder is made
     * @throws AutoDumpException {@code RESTORE_FAILED} if there isn't enough space
     * @throws IOException if the archive can't be read
     */
    public static StagedArchive of(InputStream archive, long bytes, Path parent) throws IOException {
        StagedArchive staged = new StagedArchive(create(bytes, parent));
        try (OutputStream out = staged.open()) {
            archive.transferTo(out);
            return staged;
        } catch (IOException | RuntimeException failed) {
            staged.close();
            throw failed;
        }
    }

    public Path file() {
        return file;
    }

    @Override
    public void close() {
        remove();
        ShutdownCleanup.remove(cleanup);
    }

    private static Path create(long bytes, Path parent) {
        Path folder = PrivateFolders.create(parent);
        try {
            long room = Files.getFileStore(folder).getUsableSpace();
            if (room < bytes) {
                throw noRoom(
                        folder.getParent() + " has " + room + " bytes left of the " + bytes + " that the archive"
                                + " needs there",
                        null);
            }
            return Files.createFile(
                    folder.resolve("archive.dump"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (IOException failed) {
            PrivateFolders.remove(folder);
            throw noRoom(IoReason.of(failed), failed);
        } catch (RuntimeException noRoom) {
            PrivateFolders.remove(folder);
            throw noRoom;
        }
    }

    /** A file that can't be written says nothing about the archive. */
    private OutputStream open() {
        try {
            return new FilterOutputStream(Files.newOutputStream(file, StandardOpenOption.WRITE)) {
                @Override
                public void write(byte[] buffer, int offset, int length) {
                    try {
                        out.write(buffer, offset, length);
                    } catch (IOException full) {
                        throw noRoom(IoReason.of(full), full);
                    }
                }
            };
        } catch (IOException failed) {
            throw noRoom(IoReason.of(failed), failed);
        }
    }

    private static AutoDumpException noRoom(String problem, @Nullable IOException cause) {
        return new AutoDumpException(
                ErrorCode.RESTORE_FAILED,
                "the archive couldn't be staged for a parallel restore: " + problem,
                Hints.ONE_JOB + ", which stages nothing, or give the temporary folder (java.io.tmpdir) more space",
                cause);
    }

    private void remove() {
        PrivateFolders.remove(Optional.ofNullable(file.getParent()).orElse(file));
    }
}
