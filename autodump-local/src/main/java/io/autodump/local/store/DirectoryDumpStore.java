package io.autodump.local.store;

import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.error.OutcomeUnknownException;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpUpload;
import io.autodump.core.wire.DumpManifestJson;
import io.autodump.local.file.DurableFiles;
import io.autodump.local.file.IoReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Dumps in a folder; a dump's key is its path. What is on its way lies in {@code .autodump-tmp} in the same folder, which
 * must be of the same file system as the rest. Files are readable by their owner alone (0600), folders too (0700).
 * Symbolic links inside the folder aren't followed by a listing, and whatever isn't AutoDump's is passed over.
 *
 * <p>A commit is: write the file down to the disk, read it back and compare, rename it, write the folder down. A
 * publication is: write the manifest elsewhere, down to the disk, and link it to its name, which fails if the name is
 * taken. A lock file keeps the two apart between the processes of one machine, so that a late twin never replaces the
 * file of a finished dump. The bytes are read back through the system's cache, so that a disk which stores something else
 * is found by {@code verify}, not here. Thread-safe.
 */
public final class DirectoryDumpStore implements DumpStore {
    /** The folder of what is on its way, inside the store's own. */
    public static final String TEMPORARY_FOLDER = ".autodump-tmp";

    private final Path root;
    private final Path temporary;
    private final DurableFiles files;
    private final PartialFiles partials;
    private final StoreLock lock;

    /** What this process has committed, so that a publication needs to read a file again only if it is another now. */
    private final Map<DumpKey, Committed> committed = new ConcurrentHashMap<>();

    private record Committed(FileIdentity identity, Checksum checksum) {}

    /** Makes the folder when the first dump is written. */
    public DirectoryDumpStore(Path root) {
        this(root, new DurableFiles());
    }

    /** Not API: lets a test stop the writes between two steps. */
    public DirectoryDumpStore(Path root, DurableFiles files) {
        this.root = root;
        this.temporary = root.resolve(TEMPORARY_FOLDER);
        this.files = files;
        this.partials = new PartialFiles(temporary, files);
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
            files.createFolders(parent(file));
            partials.removeAbandoned();
            // Also finds names that are too long for the file system, before a byte is dumped.
            requireUnfinished(key);
            return new DirectoryUpload(this, key, files, partials.create());
        } catch (IOException failed) {
            throw StoreFailure.of("dump " + key + " couldn't be begun", root, failed);
        }
    }

    /** Gives a checked and durable file its name. */
    void commit(DumpKey key, Path partial, Checksum checksum) {
        Path file = file(key);
        try {
            lock.whileHeld(() -> {
                requireUnfinished(key);
                files.replace(partial, file);
                committed.put(key, new Committed(FileIdentity.of(file), checksum));
            });
        } catch (IOException failed) {
            throw StoreFailure.of("dump " + key + " couldn't be committed", root, failed);
        }
        syncOrUnknown("file " + key, file);
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
        committed.remove(key);
    }

    private void link(DumpManifest manifest) throws IOException {
        Path written = temporary.resolve(UUID.randomUUID() + PartialFiles.MANIFEST_SUFFIX);
        try {
            files.writeNew(written, DumpManifestJson.write(manifest).getBytes(StandardCharsets.UTF_8));
            boolean published = files.publishNew(written, manifestFile(manifest.key()));
            if (!published && !manifest.equals(find(manifest.key()).orElse(null))) {
                throw exists(manifest.key());
            }
        } finally {
            removeQuietly(written);
        }
    }

    /** The next upload removes it otherwise; that the manifest is published, or why it isn't, must not be hidden by this. */
    private static void removeQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException leftBehind) {
            return;
        }
    }

    /** Another attempt at the same run may have replaced the file since it was committed. */
    private void requireSameFile(DumpManifest manifest) throws IOException {
        DumpKey key = manifest.key();
        if (!isFile(file(key))) {
            throw notFound(key);
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
        return new Committed(identity, manifest.checksum()).equals(committed.get(manifest.key()))
                || (identity.bytes() == manifest.storedBytes()
                        && FileChecksum.of(file).equals(manifest.checksum()));
    }

    private void syncOrUnknown(String what, Path file) {
        try {
            files.syncFolder(parent(file));
        } catch (IOException failed) {
            throw new OutcomeUnknownException(
                    "the " + what + " was written, and whether it would survive a power failure isn't known: "
                            + IoReason.of(failed),
                    "look for it with autodump list, check the disk of " + root + ", and run the dump again if it isn't"
                            + " there",
                    failed);
        }
    }

    @Override
    public Optional<DumpManifest> find(DumpKey key) {
        Path path = manifestFile(key);
        try {
            String json = Files.readString(path);
            if (!isFile(file(key))) {
                throw new AutoDumpException(
                        ErrorCode.DUMP_CORRUPT,
                        "the manifest of dump " + key + " is there and its file isn't: somebody has removed it",
                        "bring the file back from a copy, or remove " + path + " to forget the dump");
            }
            DumpManifest manifest = DumpManifestJson.parse(key.manifestKey(), json);
            if (!manifest.key().equals(key)) {
                throw new AutoDumpException(
                        ErrorCode.INVALID_DOCUMENT,
                        "the manifest at " + path + " is that of dump " + manifest.key() + "; nothing was changed",
                        "put the dump and its manifest back where they were");
            }
            return Optional.of(manifest);
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (CharacterCodingException damaged) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_DOCUMENT,
                    "the manifest at " + path + " isn't UTF-8 text; nothing was changed",
                    "check the disk of " + root + "; pg_restore itself still reads the dump (docs/restore.md)",
                    damaged);
        } catch (IOException failed) {
            throw StoreFailure.of("the manifest of dump " + key + " couldn't be read", root, failed);
        }
    }

    @Override
    public Stream<DumpKey> list() {
        return new StoreWalk(root).files().flatMap(path -> {
            String relative = root.relativize(path)
                    .toString()
                    .replace(path.getFileSystem().getSeparator(), "/");
            return DumpKey.ofManifest(relative).stream();
        });
    }

    @Override
    public InputStream open(DumpKey key) {
        Path file = file(key);
        try {
            if (!isFile(file)) {
                throw notFound(key);
            }
            return Files.newInputStream(file);
        } catch (NoSuchFileException absent) {
            throw notFound(key);
        } catch (IOException failed) {
            throw StoreFailure.of("dump " + key + " couldn't be opened", root, failed);
        }
    }

    @Override
    public void discard(DumpManifest manifest) {
        DumpKey key = manifest.key();
        if (!isFile(file(key))) {
            return;
        }
        try {
            lock.whileHeld(() -> {
                if (!isFile(manifestFile(key)) && isFile(file(key)) && isFileOf(manifest)) {
                    remove(file(key));
                }
            });
            committed.remove(key);
        } catch (IOException failed) {
            throw StoreFailure.of("the unpublished file of dump " + key + " couldn't be removed", root, failed);
        }
    }

    @Override
    public void delete(DumpKey key) {
        if (!Files.isDirectory(parent(file(key)))) {
            return;
        }
        try {
            files.createFolders(temporary);
            lock.whileHeld(() -> {
                remove(manifestFile(key));
                remove(file(key));
            });
            committed.remove(key);
        } catch (IOException failed) {
            throw StoreFailure.of("dump " + key + " couldn't be removed", root, failed);
        }
    }

    /** Durable before the next step, so that not even a power failure shows the file's removal before the manifest's. */
    private void remove(Path file) throws IOException {
        if (files.delete(file)) {
            files.syncFolder(parent(file));
        }
    }

    private void requireUnfinished(DumpKey key) {
        if (find(key).isPresent()) {
            throw exists(key);
        }
    }

    private static AutoDumpException exists(DumpKey key) {
        return new AutoDumpException(
                ErrorCode.DUMP_EXISTS,
                "dump " + key + " is finished and stays as it is; nothing was written",
                "remove it first if it is to be made again, or dump at another instant");
    }

    private static AutoDumpException notFound(DumpKey key) {
        return new AutoDumpException(
                ErrorCode.DUMP_NOT_FOUND,
                "there is no file of dump " + key + "; nothing was changed",
                Hints.LIST_DUMPS);
    }

    private Path file(DumpKey key) {
        return resolve(key.value());
    }

    private Path manifestFile(DumpKey key) {
        return resolve(key.manifestKey());
    }

    private Path resolve(String key) {
        if (key.startsWith(TEMPORARY_FOLDER + "/")) {
            throw new AutoDumpException(
                    ErrorCode.STORE_FAILED,
                    "no dump can lie in " + TEMPORARY_FOLDER + ", which is for files on their way; nothing was written",
                    "give the secret another name or prefix");
        }
        return root.resolve(key);
    }

    private static boolean isFile(Path path) {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static Path parent(Path file) {
        Path parent = file.getParent();
        return parent == null ? file.toAbsolutePath().getRoot() : parent;
    }
}
