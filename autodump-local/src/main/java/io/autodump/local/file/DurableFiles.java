package io.autodump.local.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;

/**
 * Atomic changes to a file system. Only their owner can read new files (0600) and folders (0700). {@link Steps} is
 * called before every change, so that tests can crash there. Not API. Thread-safe.
 */
public final class DurableFiles {
    /** A listener for tests. */
    public interface Steps {
        /** Called before each change; what it throws stops the change. */
        void before(String step);
    }

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Steps steps;

    /** Without a listener. */
    public DurableFiles() {
        this(step -> {});
    }

    /** With a listener. */
    public DurableFiles(Steps steps) {
        this.steps = steps;
    }

    /** Creates a folder and its missing parents, durably. */
    public void createFolders(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath();
        if (Files.isDirectory(absolute)) {
            return;
        }
        Path parent = absolute.getParent();
        if (parent != null) {
            createFolders(parent);
        }
        steps.before("create folder");
        try {
            Files.createDirectory(absolute, ownerOnly("rwx------"));
        } catch (FileAlreadyExistsException there) {
            if (!Files.isDirectory(absolute)) {
                throw new NotDirectoryException(absolute.toString());
            }
        }
        if (parent != null) {
            syncFolder(parent);
        }
    }

    /** Creates a file and opens it for reading and writing. Fails if the name is taken. */
    public FileChannel createNew(Path file) throws IOException {
        steps.before("create file");
        return FileChannel.open(
                file,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                ownerOnly("rw-------"));
    }

    /** Creates a file with these bytes and syncs it. The folder still has to be synced. */
    public void writeNew(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = createNew(file)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            sync(channel);
        }
    }

    /** Makes the bytes of a file durable. */
    public void sync(FileChannel channel) throws IOException {
        steps.before("sync file");
        channel.force(true);
    }

    /**
     * Gives a finished temporary file its name if the name is free, and removes the temporary name. The folder still
     * has to be synced.
     *
     * @return whether the name was free; if not, nothing has changed
     */
    public boolean publishNew(Path temporary, Path target) throws IOException {
        steps.before("link");
        try {
            Files.createLink(target, temporary);
        } catch (FileAlreadyExistsException taken) {
            return false;
        } catch (UnsupportedOperationException | FileSystemException noLinksHere) {
            // FAT and some network shares have no hard links. The move is atomic too, but there two processes could
            // publish the same name at the same time.
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            return true;
        }
        try {
            delete(temporary);
        } catch (IOException leftBehind) {
            // The file has its name. A clean-up of abandoned files removes the temporary one.
        }
        return true;
    }

    /** Renames a file and replaces the one that has the name. The folder still has to be synced. */
    public void replace(Path source, Path target) throws IOException {
        steps.before("rename");
        Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Deletes a file; returns whether it was there. */
    public boolean delete(Path file) throws IOException {
        steps.before("delete");
        return Files.deleteIfExists(file);
    }

    /** Makes the entries of a folder durable. */
    public void syncFolder(Path folder) throws IOException {
        steps.before("sync folder");
        if (!POSIX) {
            // Windows can't open a folder as a file, and makes its entries durable by itself.
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static FileAttribute<?>[] ownerOnly(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
