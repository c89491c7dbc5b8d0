package io.autodump.local.store;

import io.autodump.local.file.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The files of uploads that aren't committed. The process that writes a file holds a lock on it. Files without one
 * belong to dead processes and are removed, because they may have filled the disk. Thread-safe.
 */
final class PartialFiles {
    /** On file systems without locks, a file counts as abandoned if it wasn't written to for this long. */
    private static final Duration ABANDONED = Duration.ofDays(1);

    /** Ends the name of a manifest that hasn't got its final name yet. It is written at once and takes no lock. */
    static final String MANIFEST_SUFFIX = ".manifest";

    private static final String SUFFIX = ".partial";

    /**
     * The files of this process, by their real paths. No second channel on them may be opened: closing it would release
     * the lock of the first (POSIX record locks).
     */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final DurableFiles files;

    PartialFiles(Path folder, DurableFiles files) {
        this.folder = folder;
        this.files = files;
    }

    /** A file that is being written. No other process removes it. */
    final class Partial {
        private final Path path;
        private final FileChannel channel;

        private Partial(Path path, FileChannel channel) {
            this.path = path;
            this.channel = channel;
        }

        Path path() {
            return path;
        }

        FileChannel channel() {
            return channel;
        }

        /** Removes the file, unless it has got its final name. Ignores failures. */
        void discard() {
            try (channel) {
                files.delete(path);
            } catch (IOException leftBehind) {
                // The next upload removes it. The cause of this one's failure must not be hidden.
            } finally {
                OURS.remove(path);
            }
        }
    }

    Partial create() throws IOException {
        Path real = folder.toRealPath();
        while (true) {
            Path path = real.resolve(UUID.randomUUID() + SUFFIX);
            OURS.add(path);
            boolean created = false;
            try {
                FileChannel channel = files.createNew(path);
                lockIfPossible(channel);
                // Another process may have taken this one for abandoned before it was locked.
                created = Files.exists(path, LinkOption.NOFOLLOW_LINKS);
                if (created) {
                    return new Partial(path, channel);
                }
                channel.close();
            } finally {
                if (!created) {
                    OURS.remove(path);
                }
            }
        }
    }

    /** Removes what dead processes have left behind. */
    void removeAbandoned() throws IOException {
        List<Path> entries;
        try (Stream<Path> all = Files.list(folder.toRealPath())) {
            entries = all.toList();
        } catch (UncheckedIOException brokenOff) {
            throw brokenOff.getCause();
        }
        for (Path file : entries) {
            String name = String.valueOf(file.getFileName());
            boolean abandoned = name.endsWith(SUFFIX)
                    ? !OURS.contains(file) && isAbandoned(file)
                    : name.endsWith(MANIFEST_SUFFIX) && isOld(file);
            if (abandoned) {
                files.delete(file);
            }
        }
    }

    private static boolean isAbandoned(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            try {
                return lock(channel).isPresent();
            } catch (OverlappingFileLockException lookedAtByAnotherThread) {
                return false;
            } catch (IOException noLocksHere) {
                return isOld(file);
            }
        } catch (NoSuchFileException removedMeanwhile) {
            return false;
        }
    }

    private static boolean isOld(Path file) throws IOException {
        try {
            return Files.getLastModifiedTime(file)
                    .toInstant()
                    .isBefore(Instant.now().minus(ABANDONED));
        } catch (NoSuchFileException removedMeanwhile) {
            return false;
        }
    }

    /** Does nothing on file systems without locks: there, a file's age decides whether it is abandoned. */
    private static void lockIfPossible(FileChannel channel) {
        try {
            lock(channel);
        } catch (IOException noLocksHere) {
            return;
        }
    }

    private static Optional<FileLock> lock(FileChannel channel) throws IOException {
        return Optional.ofNullable(channel.tryLock());
    }
}
