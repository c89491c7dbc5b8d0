package io.autodump.local.run;

import io.autodump.local.file.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** One JSON file per run, in folders below {@code runs}. Every write is atomic and durable. Thread-safe. */
final class RunFiles {
    private static final Duration TEMPORARY_RETENTION = Duration.ofHours(1);
    private static final String SUFFIX = ".json";

    private final Path pending;
    private final Path ended;
    private final Path unreadable;
    private final Path temporary;
    private final InstantSource clock;
    private final DurableFiles files;

    RunFiles(Path stateFolder, InstantSource clock, DurableFiles files) {
        Path runs = stateFolder.resolve("runs");
        this.pending = runs.resolve("pending");
        this.ended = runs.resolve("ended");
        this.unreadable = runs.resolve("unreadable");
        this.temporary = runs.resolve("tmp");
        this.clock = clock;
        this.files = files;
    }

    /**
     * Creates a waiting run.
     *
     * @return false if the name is taken by a run that waits or has ended
     */
    boolean create(String name, String json) throws IOException {
        // Some versions of Java find nothing in a path that isn't a folder, others fail.
        files.createFolders(ended);
        if (hasEnded(name) || exists(pending, name)) {
            return false;
        }
        files.createFolders(pending);
        if (!publish(pending, name, json)) {
            return false;
        }
        if (hasEnded(name)) {
            // It ended between the first check and the creation.
            deletePending(name);
            return false;
        }
        return true;
    }

    /** Records the end of a run, then removes it from the waiting ones. */
    void end(String name, String json) throws IOException {
        files.createFolders(ended);
        publish(ended, name, json);
        deletePending(name);
    }

    /** The names of the waiting runs, in no order; a few may have ended already. */
    List<String> pendingNames() throws IOException {
        return names(pending);
    }

    List<String> endedNames() throws IOException {
        return names(ended);
    }

    boolean hasEnded(String name) throws IOException {
        return exists(ended, name);
    }

    Path pendingFile(String name) {
        return file(pending, name);
    }

    Path endedFile(String name) {
        return file(ended, name);
    }

    void deletePending(String name) throws IOException {
        files.delete(pendingFile(name));
    }

    /** Moves a file that isn't a run to {@code unreadable} and returns its new place. */
    Path moveAside(String name) throws IOException {
        files.createFolders(unreadable);
        Path aside = unreadable.resolve(UUID.randomUUID() + SUFFIX);
        files.replace(pendingFile(name), aside);
        return aside;
    }

    /** Deletes old ends, and temporary files that a crash left behind. */
    void deleteOld(Duration endedRetention) throws IOException {
        deleteOlder(ended, endedRetention);
        deleteOlder(temporary, TEMPORARY_RETENTION);
    }

    private void deleteOlder(Path folder, Duration age) throws IOException {
        Instant limit = clock.instant().minus(age);
        for (Path file : entries(folder)) {
            try {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
                    files.delete(file);
                }
            } catch (NoSuchFileException removedMeanwhile) {
                // Nothing is left to delete.
            }
        }
    }

    /**
     * Writes the whole text to a temporary file first, so that the name never belongs to half of it.
     *
     * @return whether the name was free
     */
    private boolean publish(Path folder, String name, String text) throws IOException {
        files.createFolders(temporary);
        Path written = temporary.resolve(UUID.randomUUID().toString());
        try {
            files.writeNew(written, text.getBytes(StandardCharsets.UTF_8));
            // By the same clock that deletes it.
            Files.setLastModifiedTime(written, FileTime.from(clock.instant()));
            boolean published = files.publishNew(written, file(folder, name));
            // Also if another writer published it: the caller relies on it being durable.
            files.syncFolder(folder);
            return published;
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private static List<String> names(Path folder) throws IOException {
        return entries(folder).stream()
                .map(file -> file.getFileName().toString())
                .filter(file -> file.endsWith(SUFFIX))
                .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                .toList();
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        } catch (NoSuchFileException noneYet) {
            return List.of();
        } catch (UncheckedIOException brokenOff) {
            throw brokenOff.getCause();
        }
    }

    /** Unlike {@code Files.exists} it fails if it can't tell: the answer decides whether a run is made. */
    private static boolean exists(Path folder, String name) throws IOException {
        try {
            Files.readAttributes(file(folder, name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return true;
        } catch (NoSuchFileException absent) {
            return false;
        }
    }

    private static Path file(Path folder, String name) {
        return folder.resolve(name + SUFFIX);
    }
}
