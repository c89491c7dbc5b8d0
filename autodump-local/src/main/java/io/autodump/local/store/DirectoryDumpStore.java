package io.autodump.local.store;

import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.error.OutcomeUnknownException;
import io.autodump.core.internal.IoReason;
import io.autodump.core.port.DumpRecords;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpUpload;
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
    private final UnpublishedFiles unpublished;
    private final StoreLock lock;

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
        this.contents = new StoreContents(root, paths, manifests);
        this.records = new RecordFiles(root, paths, contents, files, partials);
        this.unpublished = new UnpublishedFiles(paths, files, partials);
        this.lock = new StoreLock(temporary);
    }

    /** The store's folder. */
    public Path root() {
        return root;
    }

    @Override
    public DumpUpload begin(DumpKey key) {
        Path file = file(key);
        try {
            files.createFolders(temporary);
            files.createFolders(StorePaths.parent(file));
            paths.requireUsable(StorePaths.parent(file));
            partials.removeAbandoned();
            if (!partials.abandonedNotes().isEmpty()) {
                lock.whileHeld(unpublished::removeAbandoned);
            }
            // Also finds names that are too long for the file system, before a byte is dumped.
            requireUnfinished(key);
            return new DirectoryUpload(this, key, files, partials.create());
        } catch (IOException failed) {
            throw StoreFailure.of("dump " + key + " couldn't be begun", root, failed);
        }
    }

    /** Gives a checked and durable file its name. */
    void commit(DumpKey key, Path partial, Checksum checksum) {
        try {
            lock.whileHeld(() -> {
                requireUnfinished(key);
                unpublished.rename(key, partial, checksum);
            });
        } catch (IOException failed) {
            throw StoreFailure.of("dump " + key + " couldn't be committed", root, failed);
        }
        syncOrUnknown("file " + key, file(key));
    }

    @Override
    public void publish(DumpManifest manifest) {
        DumpKey key = manifest.key();
        try {
            files.createFolders(temporary);
            lock.whileHeld(() -> {
                requireSameFile(manifest);
                link(manifest);
            });
        } catch (IOException failed) {
            throw StoreFailure.of("the manifest of dump " + key + " couldn't be written", root, failed);
        }
        syncOrUnknown("manifest of dump " + key, manifestFile(key));
        unpublished.forget(key);
    }

    private void link(DumpManifest manifest) throws IOException {
        if (!manifests.link(manifest) && !manifest.equals(find(manifest.key()).orElse(null))) {
            throw StoreFailure.exists(manifest.key());
        }
    }

    /** Another attempt at the same run may have replaced the file since it was committed. */
    private void requireSameFile(DumpManifest manifest) throws IOException {
        DumpKey key = manifest.key();
        if (!StorePaths.isFile(file(key))) {
            throw StoreFailure.notFound(key);
        }
        if (!isFileOf(manifest)) {
            throw new AutoDumpException(
                    ErrorCode.STORE_FAILED,
                    "the file of dump " + key + " isn't the one that was committed: another attempt at the same run has"
                            + " replaced it; nothing was published",
                    "run the dump again, and only once at a time");
        }
    }

    private boolean isFileOf(DumpManifest manifest) throws IOException {
        Path file = file(manifest.key());
        FileIdentity identity = FileIdentity.of(file);
        return unpublished.isCommitted(manifest.key(), identity, manifest.checksum())
                || (identity.bytes() == manifest.storedBytes()
                        && FileChecksum.of(file).equals(manifest.checksum()));
    }

    private void syncOrUnknown(String what, Path file) {
        try {
            files.syncFolder(StorePaths.parent(file));
        } catch (IOException failed) {
            throw new OutcomeUnknownException(
                    "the " + what + " was written, and whether it would survive a power failure isn't known: "
                            + IoReason.of(failed),
                    Hints.LIST_DUMPS + "; if it isn't there, check the disk of " + root + " and run the dump again",
                    failed);
        }
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
    public DumpRecords records() {
        return records;
    }

    @Override
    public Stream<UnfinishedFile> unfinished(String folder) {
        return contents.unfinished(folder);
    }

    @Override
    public InputStream open(DumpKey key) {
        Path file = file(key);
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
    public void discard(DumpManifest manifest) {
        DumpKey key = manifest.key();
        if (!StorePaths.isFile(file(key))) {
            return;
        }
        try {
            lock.whileHeld(() -> {
                if (!StorePaths.isFile(manifestFile(key)) && StorePaths.isFile(file(key)) && isFileOf(manifest)) {
                    remove(file(key));
                }
            });
            unpublished.forget(key);
        } catch (IOException failed) {
            throw StoreFailure.of("the unpublished file of dump " + key + " couldn't be removed", root, failed);
        }
    }

    @Override
    public void deleteUnfinished(DumpKey key) {
        try {
            files.createFolders(temporary);
            lock.whileHeld(() -> {
                if (!StorePaths.isFile(manifestFile(key))) {
                    remove(file(key));
                }
            });
            unpublished.forget(key);
        } catch (IOException failed) {
            throw StoreFailure.of("the file " + key + " couldn't be removed", root, failed);
        }
    }

    @Override
    public void delete(DumpKey key) {
        if (!Files.isDirectory(StorePaths.parent(file(key)))) {
            return;
        }
        try {
            files.createFolders(temporary);
            lock.whileHeld(() -> unpublished.removeBoth(key, () -> {
                remove(manifestFile(key));
                remove(file(key));
            }));
            unpublished.forget(key);
        } catch (IOException failed) {
            throw StoreFailure.of("dump " + key + " couldn't be removed", root, failed);
        }
    }

    /**
     * Durable before the next step, so that not even a power failure shows the file's removal before the manifest's.
     */
    private void remove(Path file) throws IOException {
        if (files.delete(file)) {
            files.syncFolder(StorePaths.parent(file));
        }
    }

    private void requireUnfinished(DumpKey key) {
        if (find(key).isPresent()) {
            throw StoreFailure.exists(key);
        }
    }

    private Path file(DumpKey key) {
        return paths.file(key);
    }

    private Path manifestFile(DumpKey key) {
        return paths.manifestFile(key);
    }
}
