package io.autodump.core.testing;

import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.dump.StoredFile;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpUpload;
import io.autodump.core.port.PartsUpload;
import io.autodump.core.record.UnfinishedFile;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A store in memory. It also shows unfinished files, which a real store hides. Thread-safe. */
public final class InMemoryDumpStore implements DumpStore {
    /** By path: the key of a dump, or that of a part. */
    private final Map<String, byte[]> files = new TreeMap<>();

    private final Map<DumpKey, DumpManifest> manifests = new TreeMap<>();
    private final InMemoryDumpRecords records = new InMemoryDumpRecords();

    /** Creates an empty store. */
    public InMemoryDumpStore() {}

    /** Returns the keys of all files that aren't parts, with or without a manifest. */
    public synchronized Set<DumpKey> files() {
        return files.keySet().stream()
                .flatMap(path -> DumpKey.parse(path).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the paths of all files, parts too, with or without a manifest. */
    public synchronized Set<String> paths() {
        return Set.copyOf(files.keySet());
    }

    /** Replaces the stored bytes of a part without a trace, as a failing disk would. */
    public synchronized void corruptPart(DumpKey key, String name, byte[] bytes) {
        files.put(key.partKey(name), bytes.clone());
    }

    /** Removes a part of a dump and keeps its manifest, as a person with {@code rm} would. */
    public synchronized void losePart(DumpKey key, String name) {
        files.remove(key.partKey(name));
    }

    /** Replaces stored bytes without a trace, as a failing disk would. */
    public synchronized void corrupt(DumpKey key, byte[] bytes) {
        files.put(key.value(), bytes.clone());
    }

    /** Removes the file of a dump and keeps its manifest, as a person with {@code rm} would. */
    public synchronized void lose(DumpKey key) {
        files.remove(key.value());
    }

    /** Returns a copy of the stored bytes of a file; an empty array if there is none. */
    public synchronized byte[] bytes(DumpKey key) {
        return files.getOrDefault(key.value(), new byte[0]).clone();
    }

    @Override
    public synchronized DumpUpload begin(DumpKey key) {
        requireUnfinished(key);
        return new InMemoryUpload(key.value(), bytes -> commit(key, bytes));
    }

    @Override
    public boolean takesParts() {
        return true;
    }

    @Override
    public synchronized PartsUpload beginParts(DumpKey key, int concurrent) {
        requireUnfinished(key);
        deleteUnfinished(key);
        return new Parts(key);
    }

    @Override
    public synchronized void publish(DumpManifest manifest) {
        filesOf(manifest).forEach(this::requireFile);
        DumpManifest there = manifests.putIfAbsent(manifest.key(), manifest);
        if (there != null && !there.equals(manifest)) {
            throw exists(manifest.key());
        }
    }

    /** Returns the files that belong to a dump, by their paths. */
    private static Map<String, StoredFile> filesOf(DumpManifest manifest) {
        DumpKey key = manifest.key();
        return manifest.parts().isEmpty()
                ? Map.of(key.value(), new StoredFile(manifest.storedBytes(), manifest.checksum()))
                : manifest.parts().all().stream()
                        .collect(Collectors.toMap(part -> key.partKey(part.name()), DumpPart::stored));
    }

    private void requireFile(String path, StoredFile expected) {
        byte[] file = files.get(path);
        if (file == null) {
            throw new AutoDumpException(
                    ErrorCode.DUMP_NOT_FOUND, "there is no file " + path + " to publish", "commit it first");
        }
        if (!stored(file).checksum().equals(expected.checksum())) {
            throw new AutoDumpException(
                    ErrorCode.STORE_FAILED,
                    "the file " + path + " isn't the manifest's; nothing was published",
                    "dump again");
        }
    }

    @Override
    public synchronized Optional<DumpManifest> find(DumpKey key) {
        Optional<DumpManifest> manifest = Optional.ofNullable(manifests.get(key));
        if (!manifest.map(InMemoryDumpStore::filesOf).map(Map::keySet).orElse(Set.of()).stream()
                .allMatch(files::containsKey)) {
            throw new AutoDumpException(
                    ErrorCode.DUMP_CORRUPT,
                    "dump " + key + " has a manifest but its file is missing",
                    "restore the file from a copy, or delete the dump");
        }
        return manifest;
    }

    @Override
    public synchronized Stream<DumpKey> list() {
        return List.copyOf(manifests.keySet()).stream();
    }

    @Override
    public synchronized InputStream open(DumpKey key) {
        return open(key.value());
    }

    @Override
    public synchronized InputStream openPart(DumpKey key, String name) {
        return open(key.partKey(name));
    }

    private InputStream open(String path) {
        return new ByteArrayInputStream(Optional.ofNullable(files.get(path))
                .orElseThrow(() -> new AutoDumpException(
                        ErrorCode.DUMP_NOT_FOUND, "there is no file " + path, "look at what is there")));
    }

    @Override
    public synchronized void discard(DumpManifest manifest) {
        if (find(manifest.key()).isEmpty()) {
            filesOf(manifest).forEach((path, expected) -> {
                byte[] file = files.get(path);
                if (file != null && stored(file).checksum().equals(expected.checksum())) {
                    files.remove(path);
                }
            });
        }
    }

    @Override
    public synchronized void delete(DumpKey key) {
        manifests.remove(key);
        deleteUnfinished(key);
    }

    @Override
    public InMemoryDumpRecords records() {
        return records;
    }

    /** {@inheritDoc} A file was written at its scheduled instant, because this store has no clock. */
    @Override
    public synchronized Stream<UnfinishedFile> unfinished(String folder) {
        return files.keySet().stream()
                .flatMap(path -> DumpKey.parse(path).or(() -> DumpKey.ofPart(path)).stream())
                .distinct()
                .filter(key -> files.containsKey(key.value()) ? !manifests.containsKey(key) : ownsNoParts(key))
                .filter(key -> folder.isEmpty() || key.value().startsWith(folder + "/"))
                .map(key -> new UnfinishedFile(key, key.scheduledAt()))
                .toList()
                .stream();
    }

    @Override
    public synchronized void deleteUnfinished(DumpKey key) {
        if (!manifests.containsKey(key)) {
            files.remove(key.value());
            if (ownsNoParts(key)) {
                files.keySet().removeIf(path -> path.startsWith(key.partsFolder() + "/"));
            }
        }
    }

    /** Whether no dump of the run is finished, whose parts would be in the same folder. */
    private boolean ownsNoParts(DumpKey key) {
        return key.ofSameRun().stream().noneMatch(manifests::containsKey);
    }

    private synchronized StoredFile commit(DumpKey key, byte[] bytes) {
        requireUnfinished(key);
        deleteUnfinished(key);
        files.put(key.value(), bytes);
        return stored(bytes);
    }

    private void requireUnfinished(DumpKey key) {
        if (find(key).isPresent()) {
            throw exists(key);
        }
    }

    private static AutoDumpException exists(DumpKey key) {
        return new AutoDumpException(
                ErrorCode.DUMP_EXISTS, "dump " + key + " is finished and stays as it is", "dump at another instant");
    }

    private static StoredFile stored(byte[] bytes) {
        return new StoredFile(
                bytes.length, Checksum.ofSha256(Checksum.newSha256().digest(bytes)));
    }

    private final class Parts implements PartsUpload {
        private final DumpKey key;
        private final Map<String, InMemoryUpload> uploads = new HashMap<>();
        private final Map<String, byte[]> committed = new HashMap<>();
        private boolean ended;

        Parts(DumpKey key) {
            this.key = key;
        }

        @Override
        public DumpUpload part(String name) {
            synchronized (InMemoryDumpStore.this) {
                String path = key.partKey(name);
                InMemoryUpload before = uploads.get(path);
                boolean taken = committed.containsKey(path) || (before != null && before.isOpen());
                if (ended || taken) {
                    throw new IllegalStateException("part " + path + " can't be begun now");
                }
                if (!DumpPart.isName(name)) {
                    throw new IllegalArgumentException("not the name of a part: " + name);
                }
                InMemoryUpload upload = new InMemoryUpload(path, bytes -> commit(path, bytes));
                uploads.put(path, upload);
                return upload;
            }
        }

        private StoredFile commit(String path, byte[] bytes) {
            synchronized (InMemoryDumpStore.this) {
                requireUnfinished(key);
                files.put(path, bytes);
                committed.put(path, bytes);
                return stored(bytes);
            }
        }

        @Override
        public void commit() {
            synchronized (InMemoryDumpStore.this) {
                if (ended || uploads.values().stream().anyMatch(InMemoryUpload::isOpen)) {
                    throw new IllegalStateException("a part of " + key + " is open, or all are committed");
                }
                ended = true;
            }
        }

        @Override
        public void close() {
            synchronized (InMemoryDumpStore.this) {
                if (!ended) {
                    ended = true;
                    uploads.values().forEach(InMemoryUpload::close);
                    committed.forEach(files::remove);
                }
            }
        }
    }
}
