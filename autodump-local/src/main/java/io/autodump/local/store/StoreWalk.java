package io.autodump.local.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

/** All regular files of a store, one folder after the other. Follows no symbolic link. */
final class StoreWalk {
    /** {@code lost+found} lies at the root of many file systems and is closed to all but root. */
    private static final Set<String> NOT_OURS = Set.of(DirectoryDumpStore.TEMPORARY_FOLDER, "lost+found");

    private final Path root;

    StoreWalk(Path root) {
        this.root = root;
    }

    /** Reads each folder when the stream gets there. */
    Stream<Path> files() {
        return in(root);
    }

    private Stream<Path> in(Path folder) {
        return entries(folder).flatMap(entry -> {
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                return isOurs(entry) ? in(entry) : Stream.empty();
            }
            return Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS) ? Stream.of(entry) : Stream.empty();
        });
    }

    /** One folder's names are held at once, so that no handle stays open while the caller works. */
    private Stream<Path> entries(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList().stream();
        } catch (NoSuchFileException removedOrNotYetMade) {
            return Stream.empty();
        } catch (IOException failed) {
            throw StoreFailure.of("the dumps in " + folder + " couldn't be listed", root, failed);
        }
    }

    private boolean isOurs(Path folder) {
        return !(root.equals(folder.getParent())
                && NOT_OURS.contains(folder.getFileName().toString()));
    }
}
