package io.autodump.local.store;

import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.port.DumpRecords;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpUpload;
import io.autodump.core.port.PartsUpload;
import io.autodump.core.record.StoreNames;
import io.autodump.core.record.UnfinishedFile;
import io.autodump.local.file.DurableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Dumps in a folder. A dump's key is its path.
 *
 * <ul>
 *   <li>Files that are being written are in {@code .autodump-tmp} in the same folder.
 *   <li>Only their owner can read files (0600) and folders (0700).
 *   <li>A folder of the store may be a symbolic link to a folder outside of it, on the same file system. Other files in
 *       the folder are left alone.
 *   <li>A commit syncs the file, reads it back, compares it, renames it, and syncs the folder. It reads through the
 *       system's cache, so only {@code verify} notices a disk that stores other bytes.
 *   <li>A publication writes and syncs the manifest under a temporary name and links it to its final name, which fails
 *       if that name is taken.
 *   <li>Until its manifest is there, a committed file has a note in {@code .autodump-tmp}. When the next dump begins,
 *       it removes what a killed process left behind.
 *   <li>With a lock file, the processes of one machine commit and publish one after another, so that a late attempt
 *       never replaces the file of a finished dump.
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class DirectoryDumpStore implements DumpStore {
    /** The folder of files that are being written, inside the store's folder. */
    public static final String TEMPORARY_FOLDER = StorePaths.TEMPORARY_FOLDER;

    private final Path root;
    private final Path temporary;
    private final StorePaths paths;
    private final ManifestFiles manifests;
    private final StoreContents contents;
    private final RecordFiles records;
    private final DurableFiles files;
    private final PartialFiles partials;
    private final PartFiles parts;
    private final UnpublishedFiles unpublished;
    private final StoreLock lock;
    private final Publications publications;

    /** Stores dumps in this folder. The first dump creates it. */
    public DirectoryDumpStore(Path root) {
        this(root, new DurableFiles());
    }

    /** Not API: lets a test stop the writes between two steps. */
    @SuppressWarnings("exports")
    public DirectoryDumpStore(Path root, DurableFiles files) {
        this.root = root;
        this.paths = new StorePaths(root);
        this.temporary = paths.temporary();
        this.files = files;
        this.partials = new PartialFiles(temporary, files);
        this.manifests = new ManifestFiles(root, paths, files, partials);
        this.parts = new PartFiles(paths, files, partials);
        this.contents = new StoreContents(root, paths, parts, manifests);
        this.records = new RecordFiles(root, paths, contents, files, partials);
        this.unpublished = new UnpublishedFiles(paths, parts, files, partials);
        this.lock = new StoreLock(temporary);
        this.publications = new Publications(root, paths, files, lock, manifests, unpublished, parts);
    }

    /** The store's folder. */
    public Path root() {
        return root;
    }

    /**
     * Returns a place below a state folder for records that a store didn't take. {@code AutoDump.builder()} takes it
     * as {@code delayedRecords}.
     */
    public static DumpRecords delayedRecords(Path stateFolder) {
        return new DirectoryDumpStore(stateFolder.resolve("records")).records();
    }

    @Override
    public DumpUpload begin(DumpKey key) {
        try {
            prepare(key);
            return new DirectoryUpload(
                    "dump " + key,
                    root,
                    files,
                    partials.create(),
                    (partial, stored) -> commit(key, partial, stored.checksum()));
        } catch (IOException failed) {
            throw StoreFailure.of("dump " + key + " couldn't be begun", root, failed);
        }
    }

    private void prepare(DumpKey key) throws IOException {
        Path folder = StorePaths.parent(file(key));
        files.createFolders(temporary);
        files.createFolders(folder);
        paths.requireUsable(folder);
        partials.removeAbandoned();
        if (!partials.abandonedNotes().isEmpty()) {
            lock.whileHeld(unpublished::removeAbandoned);
        }
        // Also finds names that are too long for the file system, before a byte is dumped.
        requireUnfinished(key);
    }

    @Override
    public boolean takesParts() {
        return true;
    }

    @Override
    public PartsUpload beginParts(DumpKey key, int concurrent) {
        try {
            prepare(key);
            whileUnfinished(key, () -> {
                publications.remove(file(key));
                parts.removeUnowned(key);
            });
            return new DirectoryPartsUpload(this, key, files, partials, parts, parts.begin(key));
        } catch (IOException failed) {
            throw StoreFailure.of("dump " + key + " couldn't be begun", root, failed);
        }
    }

    /** Holds the lock, and refuses if a dump of the run is finished, whatever its compression. */
    void whileUnfinished(DumpKey key, StoreLock.Action action) throws IOException {
        lock.whileHeld(() -> {
            if (parts.isOwned(key)) {
                throw StoreFailure.exists(key);
            }
            action.run();
        });
    }

    void whileLocked(StoreLock.Action action) throws IOException {
        lock.whileHeld(action);
    }

    /** Gives a checked and durable file its name. */
    private void commit(DumpKey key, Path partial, Checksum checksum) {
        try {
            lock.whileHeld(() -> {
                requireUnfinished(key);
                parts.removeUnowned(key);
                unpublished.rename(key, partial, checksum);
            });
        } catch (IOException failed) {
            throw StoreFailure.of("dump " + key + " couldn't be committed", root, failed);
        }
        publications.syncOrUnknown("file " + key, file(key));
    }

    @Override
    public Optional<DumpManifest> find(DumpKey key) {
        return manifests.find(key);
    }

    @Override
    public Stream<DumpKey> list() {
        return contents.dumps("");
    }

    @Override
    public Stream<DumpKey> list(String folder) {
        return contents.dumps(folder);
    }

    @Override
    public StoreNames newest(int perDatabase) {
        return contents.newest(perDatabase);
    }

    @Override
    public StoreNames names() {
        return contents.names();
    }

    @Override
    public DumpRecords records() {
        return records;
    }

    @Override
    public Stream<UnfinishedFile> unfinished(String folder) {
        return contents.unfinished(folder);
    }

    @Override
    public InputStream open(DumpKey key) {
        return open(key, file(key));
    }

    @Override
    public InputStream openPart(DumpKey key, String name) {
        if (!DumpPart.isName(name)) {
            throw StoreFailure.notFound(key);
        }
        return open(key, paths.part(key, name));
    }

    private InputStream open(DumpKey key, Path file) {
        try {
            if (!StorePaths.isFile(file)) {
                throw StoreFailure.notFound(key);
            }
            return Files.newInputStream(file);
        } catch (NoSuchFileException absent) {
            throw StoreFailure.notFound(key);
        } catch (IOException failed) {
            throw StoreFailure.of("dump " + key + " couldn't be opened", root, failed);
        }
    }

    @Override
    public void publish(DumpManifest manifest) {
        publications.publish(manifest);
    }

    @Override
    public void discard(DumpManifest manifest) {
        publications.discard(manifest);
    }

    @Override
    public void deleteUnfinished(DumpKey key) {
        publications.deleteUnfinished(key);
    }

    @Override
    public void delete(DumpKey key) {
        publications.delete(key);
    }

    private void requireUnfinished(DumpKey key) {
        if (find(key).isPresent()) {
            throw StoreFailure.exists(key);
        }
    }

    private Path file(DumpKey key) {
        return paths.file(key);
    }
}
