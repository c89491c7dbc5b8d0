package io.autodump.local.store;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.record.RecordKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** Where a store keeps what. Thread-safe. */
final class StorePaths {
    /** The folder of files on their way. */
    static final String TEMPORARY_FOLDER = ".autodump-tmp";

    private static final String MANIFEST_ENDING = ".json";

    private final Path root;

    StorePaths(Path root) {
        this.root = root;
    }

    Path temporary() {
        return root.resolve(TEMPORARY_FOLDER);
    }

    Path file(DumpKey key) {
        return resolve(key.value());
    }

    Path manifestFile(DumpKey key) {
        return resolve(key.manifestKey());
    }

    Path partsFolder(DumpKey key) {
        return resolve(key.partsFolder());
    }

    /** The file of a part, whose name is valid. */
    Path part(DumpKey key, String name) {
        return resolve(key.partKey(name));
    }

    Path recordFile(RecordKey key) {
        return resolve(key.value());
    }

    private Path resolve(String key) {
        if (key.startsWith(TEMPORARY_FOLDER + "/")) {
            throw new AutoDumpException(
                    ErrorCode.STORE_FAILED,
                    "no dump can be in " + TEMPORARY_FOLDER + ", which is for files on their way; nothing was written",
                    "give the secret another name or prefix");
        }
        return root.resolve(key);
    }

    /** The dump whose manifest is in a file; empty for any other file. */
    Optional<DumpKey> ofManifest(Path file) {
        return file.toString().endsWith(MANIFEST_ENDING) ? DumpKey.ofManifest(below(file)) : Optional.empty();
    }

    /** The dump whose file this would be; empty for any other file. */
    Optional<DumpKey> ofFile(Path file) {
        return DumpKey.parse(below(file));
    }

    /** The dump to whose run a part in this file would belong; empty for any other file. */
    Optional<DumpKey> ofPart(Path file) {
        return DumpKey.ofPart(below(file));
    }

    /** The path of a file below the root, with slashes. */
    String below(Path file) {
        return below(root, file);
    }

    static String below(Path root, Path file) {
        return root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
    }

    /**
     * Checks the folder of a new dump, which exists. A link may lead out of the store, to the same file system: a
     * dump gets its name by a rename. No link may lead to another folder of the store: the dump would be found
     * under a wrong key.
     *
     * @throws AutoDumpException {@code STORE_FAILED}, before a byte is dumped
     */
    void requireUsable(Path folder) throws IOException {
        Path realRoot = root.toRealPath();
        Path real = folder.toRealPath();
        if (real.equals(realRoot.resolve(root.relativize(folder)))) {
            return;
        }
        if (real.startsWith(realRoot)) {
            throw new AutoDumpException(
                    ErrorCode.STORE_FAILED,
                    "the folder " + folder + " leads through a symbolic link back into the store; nothing was written",
                    "remove the link, or give the secret another name or prefix");
        }
        if (!Files.getFileStore(real).equals(Files.getFileStore(realRoot))) {
            throw new AutoDumpException(
                    ErrorCode.STORE_FAILED,
                    "the folder " + folder
                            + " leads through a symbolic link to another file system; nothing was written",
                    "link to a folder on the file system of " + root + ", or " + Hints.OTHER_STORE);
        }
    }

    static boolean isFile(Path path) {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }

    static Path parent(Path file) {
        Path parent = file.getParent();
        return parent == null ? file.toAbsolutePath().getRoot() : parent;
    }
}
