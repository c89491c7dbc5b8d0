package io.autodump.local.store;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.dump.StoredFile;
import io.autodump.local.file.DurableFiles;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The files of dumps of several parts, in a folder per dump. While an attempt is under way, and until its manifest is
 * there, a note says whose folder it is; see {@link UnpublishedFiles}. Thread-safe.
 */
final class PartFiles {
    /** The folders that this process writes to, or whose manifest it will write. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final StorePaths paths;
    private final DurableFiles files;
    private final PartialFiles notes;

    /** The attempts of this store, until they are published or removed. */
    private final Map<DumpKey, Attempt> attempts = new ConcurrentHashMap<>();

    PartFiles(StorePaths paths, DurableFiles files, PartialFiles notes) {
        this.paths = paths;
        this.files = files;
        this.notes = notes;
    }

    /** One attempt at a dump: what it has committed, by the names of the parts. */
    static final class Attempt {
        private final Map<String, Committed> parts = new ConcurrentHashMap<>();
        private final PartialFiles.Partial note;

        private Attempt(PartialFiles.Partial note) {
            this.note = note;
        }

        boolean hasCommitted(String name) {
            return parts.containsKey(name);
        }
    }

    /** A part, and how to know its file again. */
    record Committed(FileIdentity identity, StoredFile file) {}

    /** Begins an attempt. The note is there before the first part. */
    Attempt begin(DumpKey key) throws IOException {
        forget(key);
        Attempt attempt = new Attempt(note(key));
        OURS.add(folder(key));
        attempts.put(key, attempt);
        return attempt;
    }

    /** Gives a finished file the name of its part. The caller holds the lock. */
    void rename(DumpKey key, Attempt attempt, String name, Path partial, StoredFile stored) throws IOException {
        Path file = paths.part(key, name);
        files.createFolders(StorePaths.parent(file));
        Committed part = new Committed(FileIdentity.of(partial), stored);
        attempt.parts.put(name, part);
        try {
            files.replace(partial, file);
        } catch (IOException | RuntimeException failed) {
            // The file may have its name although the system answered that it doesn't.
            removeIfSame(file, part.identity());
            attempt.parts.remove(name);
            throw failed;
        }
    }

    /** Makes the names of all parts durable. */
    void sync(DumpKey key) throws IOException {
        for (Path folder : List.of(folder(key).resolve("data"), folder(key), StorePaths.parent(folder(key)))) {
            if (Files.isDirectory(folder)) {
                files.syncFolder(folder);
            }
        }
    }

    /** Removes what an attempt has committed, but nothing of another attempt. The caller holds the lock. */
    void abort(DumpKey key, Attempt attempt) throws IOException {
        for (Map.Entry<String, Committed> part : attempt.parts.entrySet()) {
            removeIfSame(paths.part(key, part.getKey()), part.getValue().identity());
        }
        removeFolders(key);
        if (attempts.get(key) == attempt) {
            forget(key);
        }
    }

    private void removeIfSame(Path file, FileIdentity identity) throws IOException {
        if (StorePaths.isFile(file) && FileIdentity.of(file).equals(identity)) {
            files.delete(file);
        }
    }

    /** Whether the file of a part is there and is the manifest's. Reads it only if this store didn't commit it. */
    boolean isFileOf(DumpKey key, DumpPart part) throws IOException {
        Path file = paths.part(key, part.name());
        if (!StorePaths.isFile(file)) {
            return false;
        }
        FileIdentity identity = FileIdentity.of(file);
        Optional<Committed> ours =
                Optional.ofNullable(attempts.get(key)).map(attempt -> attempt.parts.get(part.name()));
        return ours.filter(new Committed(identity, part.stored())::equals).isPresent()
                || (identity.bytes() == part.storedBytes()
                        && FileChecksum.of(file).equals(part.checksum()));
    }

    /** Removes the parts of a manifest that will not be published. The caller holds the lock. */
    void discard(DumpManifest manifest) throws IOException {
        DumpKey key = manifest.key();
        for (DumpPart part : manifest.parts().all()) {
            if (isFileOf(key, part)) {
                files.delete(paths.part(key, part.name()));
            }
        }
        removeFolders(key);
    }

    /** The files of a dump's folder, which may be of an attempt; none if there is no folder. */
    List<Path> of(DumpKey key) throws IOException {
        try (Stream<Path> found = Files.walk(folder(key), 2)) {
            return found.filter(StorePaths::isFile)
                    .filter(file -> paths.ofPart(file).isPresent())
                    .toList();
        } catch (NoSuchFileException absent) {
            return List.of();
        }
    }

    /** Removes all parts in a dump's folder, unless a finished dump of the run owns them. The caller holds the lock. */
    void removeUnowned(DumpKey key) throws IOException {
        if (!isOwned(key) && Files.isDirectory(folder(key))) {
            for (Path file : of(key)) {
                files.delete(file);
            }
            removeFolders(key);
        }
    }

    /** Whether a dump of this run is finished, whatever its compression. */
    boolean isOwned(DumpKey key) {
        return key.ofSameRun().stream().map(paths::manifestFile).anyMatch(StorePaths::isFile);
    }

    /** Removes the folders, if they are empty. */
    private void removeFolders(DumpKey key) throws IOException {
        try {
            files.delete(folder(key).resolve("data"));
            boolean removed = files.delete(folder(key));
            if (removed) {
                files.syncFolder(StorePaths.parent(folder(key)));
            }
        } catch (DirectoryNotEmptyException another) {
            // Another attempt writes there.
        }
    }

    /** Removes a manifest and then its parts. The note leads to the parts, should the process die in between. */
    void removeWithNote(DumpKey key, StoreLock.Action removal) throws IOException {
        if (!Files.isDirectory(folder(key))) {
            removal.run();
            return;
        }
        PartialFiles.Partial note = note(key);
        try {
            removal.run();
            removeUnowned(key);
        } finally {
            note.discard();
        }
    }

    private PartialFiles.Partial note(DumpKey key) throws IOException {
        return notes.note(key.value() + "\n" + UnpublishedFiles.PARTS + "\n");
    }

    /** Removes the note about parts that are published, removed or replaced. */
    void forget(DumpKey key) {
        Optional.ofNullable(attempts.remove(key)).ifPresent(attempt -> {
            OURS.remove(folder(key));
            attempt.note.discard();
        });
    }

    /** The parts that a dead attempt has left, given the dumps that other living processes write. */
    List<Path> abandoned(DumpKey key, Set<String> living) throws IOException {
        boolean inUse = isOwned(key) || living.contains(key.partsFolder()) || OURS.contains(folder(key));
        return inUse ? List.of() : new ArrayList<>(of(key));
    }

    private Path folder(DumpKey key) {
        return paths.partsFolder(key);
    }
}
