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
 * The few changes to a file system that AutoDump makes, each atomic, and durable once it has returned. Files are made
 * readable by their owner alone. Every change is announced to {@link Steps} first, so that tests can crash before any of
 * them. Thread-safe.
 */
public final class DurableFiles {
    /** Is told before each change. */
    public interface Steps {
        void before(String step);
    }

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Steps steps;

    public DurableFiles() {
        this(step -> {});
    }

    public DurableFiles(Steps steps) {
        this.steps = steps;
    }

    /** Makes a folder and those above it that are missing. */
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

    /** Opens a new file for reading and writing. */
    public FileChannel createNew(Path file) throws IOException {
        steps.before("create file");
        return FileChannel.open(
                file,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                ownerOnly("rw-------"));
    }

    /** Writes a new file whole, down to the disk; not its entry in the folder. */
    public void writeNew(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = createNew(file)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            sync(channel);
        }
    }

    public void sync(FileChannel channel) throws IOException {
        steps.before("sync file");
        channel.force(true);
    }

    /**
     * Gives a finished temporary file its name if nothing has that name yet, and removes the temporary one. The entry
     * still has to be synced.
     *
     * @return whether it has the name now; if not, what has it is left as it is, and so is the temporary file
     */
    public boolean publishNew(Path temporary, Path target) throws IOException {
        steps.before("link");
        try {
            Files.createLink(target, temporary);
        } catch (FileAlreadyExistsException taken) {
            return false;
        } catch (UnsupportedOperationException | FileSystemException noLinksHere) {
            // FAT and some network shares have no hard links: the move is atomic too, and what can't be excluded there
            // is that two processes publish the same name in the same instant.
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            return true;
        }
        try {
            delete(temporary);
        } catch (IOException leftBehind) {
            // It has its name all the same, and saying otherwise would be false; who looks for abandoned files finds
            // it.
        }
        return true;
    }

    /** Renames, replacing whatever has the name. The entry still has to be synced. */
    public void replace(Path source, Path target) throws IOException {
        steps.before("rename");
        Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
    }

    public boolean delete(Path file) throws IOException {
        steps.before("delete");
        return Files.deleteIfExists(file);
    }

    /** Makes the entries of a folder durable. */
    public void syncFolder(Path folder) throws IOException {
        steps.before("sync folder");
        if (!POSIX) {
            // Windows opens no folder as a file, and writes its entries through by itself.
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
