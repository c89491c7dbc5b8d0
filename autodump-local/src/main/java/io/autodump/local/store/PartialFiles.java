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
 * The files of uploads that aren't committed. Each is locked by the process that writes it, so that what a dead process
 * left behind is known and removed: an attempt that died may have filled the disk. Thread-safe.
 */
final class PartialFiles {
    /** Where the file system has no locks, only a file that nobody has written to for so long is taken for abandoned. */
    private static final Duration ABANDONED = Duration.ofDays(1);

    /** Of a manifest that is written before it gets its name; that takes a moment and no lock. */
    static final String MANIFEST_SUFFIX = ".manifest";

    private static final String SUFFIX = ".partial";

    /**
     * Those of this process, by their real paths. A second channel on one of them mustn't ever be opened: closing it would give up the lock
     * of the first (POSIX record locks).
     */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final DurableFiles files;

    PartialFiles(Path folder, DurableFiles files) {
        this.folder = folder;
        this.files = files;
    }

    /** A file that is written; nobody else removes it. */
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

        /** Removes the file, unless it has another name by now, and whatever goes wrong with that is left to others. */
        void discard() {
            try (channel) {
                files.delete(path);
            } catch (IOException leftBehind) {
                // The next upload removes it; why this one is given up must not be hidden.
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
                // Whoever looked for abandoned files may have found this one before it was locked.
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

    /** Where the file system has no locks, a file's age tells whether it is abandoned. */
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
