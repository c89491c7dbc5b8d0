package io.autodump.postgres.restore;

import io.autodump.core.dump.DumpManifest;
import io.autodump.postgres.archive.ListedArchive;
import io.autodump.postgres.client.PostgresClient;
import io.autodump.process.PrivateFolders;
import java.io.IOException;
import java.io.InputStream;
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
    private final InputStream archive;
    private final Optional<Path> folder;

    private ChosenContents(InputStream archive, Optional<Path> folder) {
        this.archive = archive;
        this.folder = folder;
    }

    /** Reads the contents list only if something is left out. */
    static ChosenContents of(DumpManifest manifest, PostgresClient client, InputStream archive)
            throws IOException, InterruptedException {
        if (manifest.settings().schemas().isEmpty()) {
            return new ChosenContents(archive, Optional.empty());
        }
        ListedArchive contents = ListedArchive.read(client, archive);
        Path folder = PrivateFolders.create();
        try {
            Files.write(file(folder), SchemaPublic.leftOut(contents.lines()), StandardCharsets.ISO_8859_1);
        } catch (IOException unwritten) {
            PrivateFolders.remove(folder);
            throw unwritten;
        }
        return new ChosenContents(contents.archive(), Optional.of(folder));
    }

    /** Returns the options for {@code pg_restore}. */
    List<String> options() {
        return folder.map(made -> List.of("--use-list=" + file(made))).orElse(List.of());
    }

    /** Returns the archive from its beginning. */
    InputStream archive() {
        return archive;
    }

    @Override
    public void close() {
        folder.ifPresent(PrivateFolders::remove);
    }

    private static Path file(Path folder) {
        return folder.resolve("contents.list");
    }
}
