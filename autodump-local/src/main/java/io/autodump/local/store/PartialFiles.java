package io.autodump.local.store;

import io.autodump.local.file.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

    /** Ends the name of a note about a file without a manifest; see {@link UnpublishedFiles}. */
    private static final String NOTE_SUFFIX = ".unpublished";

    /** Ended the names of manifests on their way in earlier releases. They were written at once and took no lock. */
    private static final String OLD_MANIFEST_SUFFIX = ".manifest";

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

    /** What gives a finished file its name. */
    interface Naming {
        void name(Path written) throws IOException;
    }

    /** Writes a small file durably and gives it its name. Leaves nothing behind if that fails. */
    void write(String text, Naming naming) throws IOException {
        Partial written = create();
        try {
            fill(written, text);
            naming.name(written.path());
        } finally {
            written.discard();
        }
    }

    /** Writes a note durably, which stays until it is discarded. */
    Partial note(String text) throws IOException {
        Partial note = create(NOTE_SUFFIX);
        try {
            fill(note, text);
            return note;
        } catch (IOException | RuntimeException failed) {
            note.discard();
            throw failed;
        }
    }

    private void fill(Partial file, String text) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        while (bytes.hasRemaining()) {
            file.channel().write(bytes);
        }
        files.sync(file.channel());
    }

    /** Creates a file for a dump. */
    Partial create() throws IOException {
        return create(SUFFIX);
    }

    private Partial create(String suffix) throws IOException {
        Path real = folder.toRealPath();
        while (true) {
            Path path = real.resolve(UUID.randomUUID() + suffix);
            OURS.add(path);
            boolean created = false;
            try {
                FileChannel channel = files.createNew(path);
                // Another process may have taken this one for abandoned before it was locked. It deletes the file while
                // it has the lock.
                created = lockIfPossible(channel) && Files.exists(path, LinkOption.NOFOLLOW_LINKS);
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

    /** Removes what dead processes have left behind, except notes. */
    void removeAbandoned() throws IOException {
        for (Path file : abandoned()) {
            if (String.valueOf(file.getFileName()).endsWith(SUFFIX)) {
                removeIfAbandoned(file);
            } else {
                files.delete(file);
            }
        }
    }

    private void removeIfAbandoned(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (isLockedByNobodyElse(channel, file)) {
                files.delete(file);
            }
        } catch (NoSuchFileException removedMeanwhile) {
            return;
        }
    }

    /** What dead processes have left behind, except notes. */
    List<Path> abandoned() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path file : entries()) {
            String name = String.valueOf(file.getFileName());
            boolean abandoned = name.endsWith(SUFFIX)
                    ? !OURS.contains(file) && isAbandoned(file)
                    : name.endsWith(OLD_MANIFEST_SUFFIX) && isOld(file);
            if (abandoned) {
                found.add(file);
            }
        }
        return found;
    }

    /** The notes of dead processes. */
    List<Path> abandonedNotes() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path file : notes()) {
            if (!OURS.contains(file) && isAbandoned(file)) {
                found.add(file);
            }
        }
        return found;
    }

    /** The notes of other living processes. Those of this one can't be opened: that would release their locks. */
    List<Path> livingNotes() throws IOException {
        List<Path> living = new ArrayList<>(notes());
        living.removeAll(abandonedNotes());
        living.removeAll(OURS);
        return living;
    }

    private List<Path> notes() throws IOException {
        return entries().stream()
                .filter(file -> String.valueOf(file.getFileName()).endsWith(NOTE_SUFFIX))
                .toList();
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> all = Files.list(folder.toRealPath())) {
            return all.filter(StorePaths::isFile).toList();
        } catch (UncheckedIOException brokenOff) {
            throw brokenOff.getCause();
        }
    }

    private static boolean isAbandoned(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return isLockedByNobodyElse(channel, file);
        } catch (NoSuchFileException removedMeanwhile) {
            return false;
        }
    }

    /** Takes the lock, until the channel is closed. */
    private static boolean isLockedByNobodyElse(FileChannel channel, Path file) throws IOException {
        try {
            return lock(channel).isPresent();
        } catch (OverlappingFileLockException lookedAtByAnotherThread) {
            return false;
        } catch (IOException noLocksHere) {
            return isOld(file);
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

    /**
     * Returns whether no other process has the lock. Does nothing on file systems without locks: there, a file's age
     * decides whether it is abandoned.
     */
    private static boolean lockIfPossible(FileChannel channel) {
        try {
            return lock(channel).isPresent();
        } catch (IOException noLocksHere) {
            return true;
        }
    }

    private static Optional<FileLock> lock(FileChannel channel) throws IOException {
        return Optional.ofNullable(channel.tryLock());
    }
}
