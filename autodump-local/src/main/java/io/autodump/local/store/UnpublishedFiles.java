package io.autodump.local.store;

import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.DumpKey;
import io.autodump.local.file.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Notes about files that have got their names, while their manifests aren't there yet. The process that makes the dump
 * holds a lock on its note, and removes it when the manifest is there. A note without a lock belongs to a dead process:
 * its file isn't a dump and never becomes one. Thread-safe.
 */
final class UnpublishedFiles {
    /** Stands in a note in place of a file's identity, if the note is about parts. */
    static final String PARTS = "parts";

    private final StorePaths paths;
    private final PartFiles parts;
    private final DurableFiles files;
    private final PartialFiles notes;

    /** The files that this process committed. */
    private final Map<DumpKey, Committed> committed = new ConcurrentHashMap<>();

    private record Committed(FileIdentity identity, Checksum checksum, PartialFiles.Partial note) {}

    UnpublishedFiles(StorePaths paths, PartFiles parts, DurableFiles files, PartialFiles notes) {
        this.paths = paths;
        this.parts = parts;
        this.files = files;
        this.notes = notes;
    }

    /** What a note says: which file, and how to know it again. A rename changes neither size nor time. */
    private record Noted(DumpKey key, String identity) {
        boolean isOfParts() {
            return identity.equals(PARTS);
        }
    }

    /** Gives a finished file the name of its dump. The caller holds the lock. */
    void rename(DumpKey key, Path partial, Checksum checksum) throws IOException {
        Path file = paths.file(key);
        String identity = identity(partial);
        PartialFiles.Partial note = notes.note(key.value() + "\n" + identity + "\n");
        try {
            files.replace(partial, file);
        } catch (IOException | RuntimeException failed) {
            removeRenamed(file, identity);
            note.discard();
            throw failed;
        }
        forget(key);
        committed.put(key, new Committed(FileIdentity.of(file), checksum, note));
    }

    /** The file may have its name although the system answered that it doesn't, as a network share does. */
    private void removeRenamed(Path file, String identity) throws IOException {
        if (StorePaths.isFile(file) && identity(file).equals(identity)) {
            files.delete(file);
        }
    }

    /** Whether this process committed exactly this file with these bytes, so that it needn't be read. */
    boolean isCommitted(DumpKey key, FileIdentity identity, Checksum checksum) {
        Committed ours = committed.get(key);
        return ours != null
                && ours.identity().equals(identity)
                && ours.checksum().equals(checksum);
    }

    /** Removes the note about a file that is published, removed or replaced. */
    void forget(DumpKey key) {
        Optional.ofNullable(committed.remove(key)).map(Committed::note).ifPresent(PartialFiles.Partial::discard);
    }

    /** Removes a manifest and then its file. The note leads to the file, should the process die in between. */
    void removeBoth(DumpKey key, StoreLock.Action removal) throws IOException {
        if (!StorePaths.isFile(paths.file(key))) {
            removal.run();
            return;
        }
        PartialFiles.Partial note = note(key, paths.file(key));
        try {
            removal.run();
        } finally {
            note.discard();
        }
    }

    /** Writes a note about a file that has, or is to get, the name of this dump. */
    private PartialFiles.Partial note(DumpKey key, Path file) throws IOException {
        return notes.note(key.value() + "\n" + identity(file) + "\n");
    }

    /** Removes the files of dead processes that have no manifest, and then the notes. The caller holds the lock. */
    void removeAbandoned() throws IOException {
        Set<String> living = livingParts();
        for (Path note : notes.abandonedNotes()) {
            Optional<Noted> noted = read(note);
            if (noted.isPresent() && noted.get().isOfParts()) {
                if (!parts.abandoned(noted.get().key(), living).isEmpty()) {
                    parts.removeUnowned(noted.get().key());
                }
            } else if (noted.isPresent()) {
                removeAbandoned(noted.get());
            }
            files.delete(note);
        }
    }

    private void removeAbandoned(Noted noted) throws IOException {
        Optional<Path> file = abandonedFile(noted);
        if (file.isPresent()) {
            files.delete(file.get());
            files.syncFolder(StorePaths.parent(file.get()));
        }
    }

    /** The files of dead processes that have no manifest. */
    List<Path> abandoned() throws IOException {
        Set<String> living = livingParts();
        List<Path> found = new ArrayList<>();
        for (Path note : notes.abandonedNotes()) {
            Optional<Noted> noted = read(note);
            if (noted.isPresent() && noted.get().isOfParts()) {
                found.addAll(parts.abandoned(noted.get().key(), living));
            } else if (noted.isPresent()) {
                abandonedFile(noted.get()).ifPresent(found::add);
            }
        }
        return found;
    }

    /** The files of living processes that have no manifest yet. */
    List<Path> living() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path note : notes.livingNotes()) {
            Optional<Noted> noted = read(note);
            if (noted.isPresent() && noted.get().isOfParts()) {
                found.addAll(parts.of(noted.get().key()));
            } else if (noted.isPresent()) {
                found.add(paths.file(noted.get().key()));
            }
        }
        return found;
    }

    /** The folders of parts that other living processes write to. */
    private Set<String> livingParts() throws IOException {
        Set<String> folders = new HashSet<>();
        for (Path note : notes.livingNotes()) {
            read(note)
                    .filter(Noted::isOfParts)
                    .ifPresent(noted -> folders.add(noted.key().partsFolder()));
        }
        return folders;
    }

    private Optional<Path> abandonedFile(Noted noted) throws IOException {
        Path file = paths.file(noted.key());
        boolean abandoned = !Files.exists(paths.manifestFile(noted.key()), LinkOption.NOFOLLOW_LINKS)
                && StorePaths.isFile(file)
                && identity(file).equals(noted.identity());
        return abandoned ? Optional.of(file) : Optional.empty();
    }

    /** Empty for half a note: its process died before the file got its name. */
    private static Optional<Noted> read(Path note) throws IOException {
        try {
            List<String> lines = Files.readAllLines(note, StandardCharsets.UTF_8);
            return lines.size() < 2
                    ? Optional.empty()
                    : DumpKey.parse(lines.get(0)).map(key -> new Noted(key, lines.get(1)));
        } catch (NoSuchFileException removedMeanwhile) {
            return Optional.empty();
        }
    }

    private static String identity(Path file) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return attributes.size() + " bytes, changed " + attributes.lastModifiedTime();
    }
}
