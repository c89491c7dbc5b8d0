package io.autodump.postgres.restore;

import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.postgres.contents.ChosenEntries;
import io.autodump.process.PrivateFolders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The part of an archive that is restored: all of it, or the entries of a contents list in a private file. Closing
 * removes the file.
 */
final class ChosenContents implements AutoCloseable {
    private final Optional<Path> folder;

    private ChosenContents(Optional<Path> folder) {
        this.folder = folder;
    }

    /** Writes a list only where something is left out. A dump of chosen schemas would create schema public. */
    static ChosenContents of(DumpManifest manifest, Optional<ChosenEntries> entries, RestoreOptions options)
            throws IOException {
        boolean restoresAll = manifest.settings().schemas().isEmpty() && !options.choosesContents();
        return entries.isEmpty() || restoresAll
                ? new ChosenContents(Optional.empty())
                : listed(entries.get().useList());
    }

    /** Writes a list of what is restored from this entry on, in the order of a restore. */
    static ChosenContents from(ChosenEntries entries, int id) throws IOException {
        return listed(entries.useListFrom(id));
    }

    private static ChosenContents listed(List<String> list) throws IOException {
        Path folder = PrivateFolders.create();
        try {
            Files.write(file(folder), list, StandardCharsets.US_ASCII);
        } catch (IOException unwritten) {
            PrivateFolders.remove(folder);
            throw unwritten;
        }
        return new ChosenContents(Optional.of(folder));
    }

    /** Returns the options for {@code pg_restore}. */
    List<String> options() {
        return folder.map(made -> List.of("--use-list=" + file(made))).orElse(List.of());
    }

    @Override
    public void close() {
        folder.ifPresent(PrivateFolders::remove);
    }

    private static Path file(Path folder) {
        return folder.resolve("contents.list");
    }
}
