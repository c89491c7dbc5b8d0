package io.autodump.process;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.IoReason;
import io.autodump.core.port.Leftover;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Folders for password files, pipes and staged archives, with mode 0700 and named after their process. The process
 * holds a lock on a file in the folder. A folder that {@code kill -9} has left behind has no lock. The next process
 * that creates a folder removes it, so that no password stays on disk, and ends the children that still use it.
 * Thread-safe.
 */
public final class PrivateFolders {
    public static final String PASSFILE = "passfile";

    private static final String OWNER = "owner";
    private static final String UNLOCKED = OWNER + ".new";
    private static final int TRIES = 3;
    private static final String PREFIX = "autodump-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,18})-\\d+");

    /** How long a folder may take to get its lock. A folder of an earlier release never has one. */
    private static final Duration WITHOUT_LOCK = Duration.ofSeconds(10);

    /** The folders of this process. No second channel on their locks may be opened: closing it would release them. */
    private static final Map<Path, FileChannel> OURS = new ConcurrentHashMap<>();

    private PrivateFolders() {}

    /**
     * Creates a folder, and removes those of dead processes.
     *
     * @throws AutoDumpException {@code PROCESS_NOT_STARTED} if the folder can't be created
     */
    public static Path create() {
        return create(temporary());
    }

    /**
     * As {@link #create()}, in another folder than the one for temporary files.
     *
     * @throws AutoDumpException {@code PROCESS_NOT_STARTED} if the folder can't be created
     */
    public static synchronized Path create(Path parent) {
        try {
            Path folder = createLocked(parent);
            removeLeftBehind(parent, Files.getOwner(folder));
            return folder;
        } catch (IOException failed) {
            throw new AutoDumpException(
                    ErrorCode.PROCESS_NOT_STARTED,
                    "no private folder for a client program could be made: " + IoReason.of(failed)
                            + "; nothing was written",
                    "make the folder for temporary files (-Djava.io.tmpdir) writable, with room for files",
                    failed);
        }
    }

    /** Until a folder has its lock, a process in another container may take it for a dead one's. */
    private static Path createLocked(Path parent) throws IOException {
        String prefix = PREFIX + ProcessHandle.current().pid() + "-";
        for (int attempt = 1; ; attempt++) {
            Path folder = Files.createTempDirectory(parent, prefix, ownerOnly("rwx------"));
            try {
                lock(folder);
                return folder;
            } catch (NoSuchFileException takenOver) {
                if (attempt == TRIES) {
                    throw takenOver;
                }
            }
        }
    }

    /**
     * The file gets its name when it is locked, so that no other process finds it without its lock.
     *
     * @throws NoSuchFileException if another process removes the folder
     */
    private static void lock(Path folder) throws IOException {
        Path unlocked = folder.resolve(UNLOCKED);
        try {
            FileChannel owner = FileChannel.open(
                    unlocked,
                    EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    ownerOnly("rw-------"));
            OURS.put(folder, owner);
            if (!isLocked(owner)) {
                throw new NoSuchFileException(unlocked.toString());
            }
            Files.move(unlocked, folder.resolve(OWNER), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            Files.deleteIfExists(unlocked);
            Files.deleteIfExists(folder);
            unlock(folder);
            throw failed;
        }
    }

    private static FileAttribute<?> ownerOnly(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    /** Removes a folder and the files in it. Does nothing if the folder is gone already. */
    public static synchronized void remove(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException | DirectoryIteratorException leftBehind) {
            // The next process that creates such a folder removes it.
        }
        unlock(folder);
    }

    private static void unlock(Path folder) {
        FileChannel owner = OURS.remove(folder);
        if (owner == null) {
            return;
        }
        try {
            owner.close();
        } catch (IOException alreadyGone) {
            // Its folder is removed.
        }
    }

    /** Returns what dead processes left in the folder for temporary files. The next dump removes it. */
    public static synchronized List<Leftover> leftBehind() {
        return leftBehind(temporary()).stream()
                .map(folder -> new Leftover(folder.toString(), bytes(folder)))
                .toList();
    }

    /** Returns the folder for temporary files. */
    public static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static long bytes(Path folder) {
        long bytes = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                bytes += Files.size(file);
            }
        } catch (IOException | DirectoryIteratorException goneMeanwhile) {
            return bytes;
        }
        return bytes;
    }

    /** Removes the folders of dead processes. Those of other users can't be removed, and don't need to be. */
    static synchronized void removeLeftBehind(Path parent, UserPrincipal self) {
        for (Path folder : leftBehind(parent)) {
            if (isOf(self, folder) && takeOver(folder)) {
                OrphanedChildren.end(folder);
                remove(folder);
            }
        }
    }

    /** Makes sure that no process in another container finishes the folder. Returns whether it may be removed. */
    private static boolean takeOver(Path folder) {
        Path unlocked = folder.resolve(UNLOCKED);
        try (FileChannel owner = FileChannel.open(unlocked, StandardOpenOption.WRITE)) {
            return isLocked(owner) && Files.deleteIfExists(unlocked);
        } catch (NoSuchFileException finished) {
            return isAbandoned(folder);
        } catch (IOException | OverlappingFileLockException inUse) {
            return false;
        }
    }

    private static boolean isOf(UserPrincipal self, Path folder) {
        try {
            return Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(self);
        } catch (IOException removedMeanwhile) {
            return false;
        }
    }

    private static List<Path> leftBehind(Path parent) {
        List<Path> abandoned = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : folders) {
                if (!OURS.containsKey(folder)
                        && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                        && isAbandoned(folder)) {
                    abandoned.add(folder);
                }
            }
        } catch (IOException | RuntimeException unreadable) {
            // A dump doesn't fail because of what others left behind.
        }
        return abandoned;
    }

    /** In another container a process can have this process's number, so a lock says more than the number. */
    private static boolean isAbandoned(Path folder) {
        Matcher name = NAME.matcher(String.valueOf(folder.getFileName()));
        if (!name.matches() || !isFile(folder.resolve(OWNER)) || !isFile(folder.resolve(UNLOCKED))) {
            return false;
        }
        boolean dead = ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
        try {
            return isFree(folder.resolve(OWNER)).orElseGet(() -> dead && isUnfinished(folder));
        } catch (IOException noLocksHere) {
            return dead;
        }
    }

    /** Others may write to the folder for temporary files. To open a pipe of theirs would take for ever. */
    private static boolean isFile(Path file) {
        return !Files.exists(file, LinkOption.NOFOLLOW_LINKS) || Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether the process ended before it had the lock. */
    private static boolean isUnfinished(Path folder) {
        try {
            Instant changed = Files.getLastModifiedTime(folder).toInstant();
            return isFree(folder.resolve(UNLOCKED))
                    .orElse(changed.isBefore(Instant.now().minus(WITHOUT_LOCK)));
        } catch (IOException unknown) {
            return false;
        }
    }

    /** Whether no process has the lock of the file. Empty if there is no such file. */
    private static Optional<Boolean> isFree(Path file) throws IOException {
        try (FileChannel owner = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return Optional.of(isLocked(owner));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (OverlappingFileLockException own) {
            return Optional.of(false);
        }
    }

    /** Whether the lock is now this process's. It ends with the channel. */
    private static boolean isLocked(FileChannel owner) throws IOException {
        return owner.tryLock() != null;
    }
}
