package io.autodump.postgres.drill;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.internal.IoReason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one throw-away server, with mode 0711: its data and its socket are in folders that belong to the
 * server's user. The process holds a lock on a file beside it. If the process is killed, the lock ends, and the next
 * drill that uses the same parent folder removes what is left.
 */
final class DrillFolder implements AutoCloseable {
    private static final String PREFIX = "autodump-drill-";
    private static final String LOCK = ".lock";

    /** Those of this process. A second channel on a lock would release it when it is closed. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final Path lockFile;
    private final FileChannel lock;

    private DrillFolder(Path folder, Path lockFile, FileChannel lock) {
        this.folder = folder;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /**
     * Creates a folder.
     *
     * @throws AutoDumpException {@code PROCESS_NOT_STARTED} if it can't be created
     */
    static DrillFolder create(Path parent) {
        try {
            Files.createDirectories(parent);
            Path folder = Files.createTempDirectory(
                    parent, PREFIX, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
            Path lockFile = lockFile(folder);
            OURS.add(lockFile);
            FileChannel lock = lock(lockFile);
            // The permissions of a new folder are subject to the umask.
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
            return new DrillFolder(folder, lockFile, lock);
        } catch (IOException | UnsupportedOperationException failed) {
            throw new AutoDumpException(
                    ErrorCode.PROCESS_NOT_STARTED,
                    "no folder for a server could be made in " + parent + ": " + reason(failed)
                            + "; nothing was restored",
                    "choose another folder for the server's data, or " + Hints.DRILL_SERVER,
                    failed);
        }
    }

    private static String reason(Exception failed) {
        return failed instanceof IOException failure ? IoReason.of(failure) : String.valueOf(failed.getMessage());
    }

    /** The file gets its name when it is locked, so that no other process finds it without its lock. */
    private static FileChannel lock(Path lockFile) throws IOException {
        Path unlocked = lockFile.resolveSibling(lockFile.getFileName() + ".new");
        FileChannel lock = FileChannel.open(unlocked, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            lock.tryLock();
            Files.move(unlocked, lockFile, StandardCopyOption.ATOMIC_MOVE);
            return lock;
        } catch (IOException failed) {
            lock.close();
            throw failed;
        }
    }

    private static Path lockFile(Path folder) {
        return folder.resolveSibling(folder.getFileName() + LOCK);
    }

    Path path() {
        return folder;
    }

    /** Removes the folder with everything in it. */
    @Override
    public void close() {
        remove(folder);
        try {
            Files.deleteIfExists(lockFile);
            lock.close();
        } catch (IOException leftBehind) {
            // The next drill removes it.
        }
        OURS.remove(lockFile);
    }

    /**
     * Returns the folders that dead processes of the same user have left in a folder. Those of others may be a trap:
     * anyone can write into the folder for temporary files.
     */
    static List<Path> leftBehind(Path parent) {
        List<Path> abandoned = new ArrayList<>();
        try (DirectoryStream<Path> locks = Files.newDirectoryStream(parent, PREFIX + "*" + LOCK)) {
            UserPrincipal self = self(parent);
            for (Path lockFile : locks) {
                String name = String.valueOf(lockFile.getFileName());
                Path folder = lockFile.resolveSibling(name.substring(0, name.length() - LOCK.length()));
                if (isOf(self, lockFile) && (isOf(self, folder) || !exists(folder)) && isAbandoned(lockFile)) {
                    abandoned.add(folder);
                }
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            // A drill doesn't fail because of what others left behind.
        }
        return abandoned;
    }

    /** The owner of what this process creates. */
    private static UserPrincipal self(Path parent) throws IOException {
        Path probe = Files.createTempFile(parent, PREFIX, ".probe");
        try {
            return Files.getOwner(probe);
        } finally {
            Files.delete(probe);
        }
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isOf(UserPrincipal self, Path path) throws IOException {
        return exists(path)
                && !Files.isSymbolicLink(path)
                && Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).equals(self);
    }

    private static boolean isAbandoned(Path lockFile) {
        if (OURS.contains(lockFile)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE)) {
            return channel.tryLock() != null;
        } catch (IOException | OverlappingFileLockException notOurs) {
            return false;
        }
    }

    /** Removes a folder that a dead process has left behind, once its server has ended. */
    static void removeLeftBehind(Path folder) {
        remove(folder);
        try {
            Files.deleteIfExists(lockFile(folder));
        } catch (IOException stays) {
            // The next drill tries again.
        }
    }

    private static void remove(Path folder) {
        try {
            Files.walkFileTree(folder, new Removal());
        } catch (IOException leftBehind) {
            // The next drill tries again.
        }
    }

    /** Removes every file that can be removed. Doesn't follow links. */
    private static final class Removal extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failed) throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
