package io.autodump.local.store;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.port.Leftover;
import io.autodump.local.file.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds what dead processes left in the folder of a {@link DirectoryDumpStore}. Changes nothing. Thread-safe. */
public final class StoreLeftovers {
    private final Path root;
    private final StorePaths paths;
    private final PartialFiles partials;
    private final PartFiles parts;
    private final UnpublishedFiles unpublished;

    /**
     * Looks at nothing yet.
     *
     * @param root the folder of the store; it needn't exist
     */
    public StoreLeftovers(Path root) {
        this.root = root;
        this.paths = new StorePaths(root);
        DurableFiles files = new DurableFiles();
        this.partials = new PartialFiles(paths.temporary(), files);
        this.parts = new PartFiles(paths, files, partials);
        this.unpublished = new UnpublishedFiles(paths, parts, files, partials);
    }

    /**
     * Finds what the next dump removes: partly written files, and files whose manifest was never written.
     *
     * @throws AutoDumpException {@code STORE_FAILED} if the folder can't be read
     */
    public List<Leftover> removedByTheNextDump() {
        try {
            if (!Files.isDirectory(paths.temporary())) {
                return List.of();
            }
            List<Leftover> found = new ArrayList<>(leftovers(partials.abandoned()));
            found.addAll(leftovers(unpublished.abandoned()));
            return found;
        } catch (IOException failed) {
            throw StoreFailure.of("what is left over couldn't be listed", root, failed);
        }
    }

    /**
     * Finds files that have the name of a dump, but neither a manifest nor a note. An earlier release wrote them, or a
     * person removed the manifest. Only a prune removes them.
     *
     * @throws AutoDumpException {@code STORE_FAILED} if the folder can't be read
     */
    public List<Leftover> filesWithoutManifest() {
        try (Stream<StoreWalk.Found> files = new StoreWalk(root).files()) {
            Set<Path> known = noted();
            return leftovers(files.map(StoreWalk.Found::path)
                    .filter(file -> !known.contains(file) && isWithoutManifest(file))
                    .toList());
        } catch (IOException failed) {
            throw StoreFailure.of("what is left over couldn't be listed", root, failed);
        }
    }

    private Set<Path> noted() throws IOException {
        Set<Path> known = new HashSet<>();
        if (Files.isDirectory(paths.temporary())) {
            known.addAll(unpublished.abandoned());
            known.addAll(unpublished.living());
        }
        return known;
    }

    private boolean isWithoutManifest(Path file) {
        return paths.ofFile(file)
                        .map(DumpKey::manifestKey)
                        .filter(manifest -> Files.notExists(root.resolve(manifest)))
                        .isPresent()
                || paths.ofPart(file).filter(key -> !parts.isOwned(key)).isPresent();
    }

    private static List<Leftover> leftovers(List<Path> files) throws IOException {
        List<Leftover> found = new ArrayList<>();
        for (Path file : files) {
            try {
                found.add(new Leftover(file.toString(), Files.size(file)));
            } catch (NoSuchFileException removedMeanwhile) {
                // Nothing is left of it.
            }
        }
        return found;
    }
}
