package io.autodump.local.store;

import io.autodump.core.dump.DumpKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * All regular files of a store. Follows a symbolic link to a folder outside of the store, as writing does. Passes over
 * links to files, and over links that lead back into the store, so that no file is found twice.
 */
final class StoreWalk {
    /** {@code lost+found} is at the root of many file systems and is closed to all users but root. */
    private static final Set<String> NOT_OURS = Set.of(StorePaths.TEMPORARY_FOLDER, "lost+found");

    private final Path root;
    private final Predicate<String> wanted;
    private final boolean withParts;
    private final boolean inThreads;

    /** All files. */
    StoreWalk(Path root) {
        this(root, path -> true);
    }

    /**
     * Some files.
     *
     * @param wanted whether to look at a file or into a folder, by its path below the root, with slashes. It is asked
     *     when the walk gets there
     */
    StoreWalk(Path root, Predicate<String> wanted) {
        this(root, wanted, true, false);
    }

    private StoreWalk(Path root, Predicate<String> wanted, boolean withParts, boolean inThreads) {
        this.root = root;
        this.wanted = wanted;
        this.withParts = withParts;
        this.inThreads = inThreads;
    }

    /** Doesn't look into the folders of dumps of several parts. */
    StoreWalk withoutParts() {
        return new StoreWalk(root, wanted, false, inThreads);
    }

    /** Reads several folders at the same time, and not only when the stream gets there. The stream is parallel. */
    StoreWalk inThreads() {
        return new StoreWalk(root, wanted, withParts, true);
    }

    /** The files in a folder and its subfolders; all files if it is empty. */
    static StoreWalk of(Path root, String folder) {
        String start = folder + "/";
        return folder.isEmpty()
                ? new StoreWalk(root)
                : new StoreWalk(root, path -> start.startsWith(path + "/") || path.startsWith(start));
    }

    /**
     * A file of the store.
     *
     * @param path its path below the store's root, links included
     * @param behindLink whether a link leads to it
     */
    record Found(Path path, boolean behindLink) {}

    /** Reads each folder when the stream gets there, and its entries in descending order of their names. */
    Stream<Found> files() {
        return in(root, List.of());
    }

    /** The files of a folder that is reached by the links that lead to {@code followed}, which are real paths. */
    private Stream<Found> in(Path folder, List<Path> followed) {
        return inThreads
                ? entries(folder)
                        .parallel()
                        .map(entry -> found(entry, followed).toList())
                        .flatMap(List::stream)
                : entries(folder).flatMap(entry -> found(entry, followed));
    }

    /** One look at each entry: a large store has many. */
    private Stream<Found> found(Path entry, List<Path> followed) {
        if (!wanted.test(StorePaths.below(root, entry))) {
            return Stream.empty();
        }
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isDirectory()) {
                return isOurs(entry) && (withParts || !isPartsFolder(entry)) ? in(entry, followed) : Stream.empty();
            }
            if (attributes.isRegularFile()) {
                return Stream.of(new Found(entry, !followed.isEmpty()));
            }
            return Files.isDirectory(entry) ? behind(entry, followed) : Stream.empty();
        } catch (NoSuchFileException removedMeanwhile) {
            return Stream.empty();
        } catch (IOException failed) {
            throw unlistable(entry, failed);
        }
    }

    private Stream<Found> behind(Path link, List<Path> followed) throws IOException {
        Path target = link.toRealPath();
        List<Path> known = new ArrayList<>(followed);
        known.add(root.toRealPath());
        if (known.stream().anyMatch(folder -> target.startsWith(folder) || folder.startsWith(target))) {
            return Stream.empty();
        }
        known.add(target);
        return in(link, known);
    }

    /**
     * Reads the names of one folder at once, so that no handle stays open while the caller works. Compares names alone:
     * paths have a long beginning in common.
     */
    private Stream<Path> entries(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries
                    .map(Path::getFileName)
                    .sorted(Comparator.reverseOrder())
                    .map(folder::resolve)
                    .toList()
                    .stream();
        } catch (NoSuchFileException removedOrNotYetMade) {
            return Stream.empty();
        } catch (IOException failed) {
            throw unlistable(folder, failed);
        }
    }

    private RuntimeException unlistable(Path folder, IOException failed) {
        return StoreFailure.of("the dumps in " + folder + " couldn't be listed", root, failed);
    }

    private boolean isPartsFolder(Path folder) {
        return DumpKey.parse(StorePaths.below(root, folder) + ".dump").isPresent();
    }

    private boolean isOurs(Path folder) {
        return !(root.equals(folder.getParent())
                && NOT_OURS.contains(folder.getFileName().toString()));
    }
}
