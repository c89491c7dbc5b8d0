package io.autodump.core.testing;

import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.StoredFile;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpUpload;
import io.autodump.core.record.UnfinishedFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A store in memory. It also shows unfinished files, which a real store hides. Thread-safe. */
public final class InMemoryDumpStore implements DumpStore {
    private final Map<DumpKey, byte[]> files = new TreeMap<>();
    private final Map<DumpKey, DumpManifest> manifests = new TreeMap<>();
    private final InMemoryDumpRecords records = new InMemoryDumpRecords();

    /** Creates an empty store. */
    public InMemoryDumpStore() {}

    /** Returns the keys of all files, with or without a manifest. */
    public synchronized Set<DumpKey> files() {
        return Set.copyOf(files.keySet());
    }

    /** Replaces stored bytes without a trace, as a failing disk would. */
    public synchronized void corrupt(DumpKey key, byte[] bytes) {
        files.put(key, bytes.clone());
    }

    /** Removes the file of a dump and keeps its manifest, as a person with {@code rm} would. */
    public synchronized void lose(DumpKey key) {
        files.remove(key);
    }

    /** Returns a copy of the stored bytes of a file; an empty array if there is none. */
    public synchronized byte[] bytes(DumpKey key) {
        return files.getOrDefault(key, new byte[0]).clone();
    }

    @Override
    public synchronized DumpUpload begin(DumpKey key) {
        requireUnfinished(key);
        return new Upload(key);
    }

    @Override
    public synchronized void publish(DumpManifest manifest) {
        byte[] file = files.get(manifest.key());
        if (file == null) {
            throw new AutoDumpException(
                    ErrorCode.DUMP_NOT_FOUND, "there is no file " + manifest.key() + " to publish", "commit it first");
        }
        if (!checksum(file).equals(manifest.checksum())) {
            throw new AutoDumpException(
                    ErrorCode.STORE_FAILED,
                    "the file " + manifest.key() + " isn't the manifest's; nothing was published",
                    "dump again");
        }
        DumpManifest there = manifests.putIfAbsent(manifest.key(), manifest);
        if (there != null && !there.equals(manifest)) {
            throw exists(manifest.key());
        }
    }

    @Override
    public synchronized Optional<DumpManifest> find(DumpKey key) {
        Optional<DumpManifest> manifest = Optional.ofNullable(manifests.get(key));
        if (manifest.isPresent() && !files.containsKey(key)) {
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
        return new ByteArrayInputStream(Optional.ofNullable(files.get(key))
                .orElseThrow(() -> new AutoDumpException(
                        ErrorCode.DUMP_NOT_FOUND, "there is no file " + key, "look at what is there")));
    }

    @Override
    public synchronized void discard(DumpManifest manifest) {
        byte[] file = files.get(manifest.key());
        if (find(manifest.key()).isEmpty() && file != null && checksum(file).equals(manifest.checksum())) {
            files.remove(manifest.key());
        }
    }

    @Override
    public synchronized void delete(DumpKey key) {
        manifests.remove(key);
        files.remove(key);
    }

    @Override
    public InMemoryDumpRecords records() {
        return records;
    }

    /** {@inheritDoc} A file was written at its scheduled instant, because this store has no clock. */
    @Override
    public synchronized Stream<UnfinishedFile> unfinished(String folder) {
        return files.keySet().stream()
                .filter(key -> !manifests.containsKey(key))
                .filter(key -> folder.isEmpty() || key.value().startsWith(folder + "/"))
                .map(key -> new UnfinishedFile(key, key.scheduledAt()))
                .toList()
                .stream();
    }

    @Override
    public synchronized void deleteUnfinished(DumpKey key) {
        if (!manifests.containsKey(key)) {
            files.remove(key);
        }
    }

    private synchronized StoredFile commit(DumpKey key, byte[] bytes) {
        requireUnfinished(key);
        files.put(key, bytes);
        return new StoredFile(bytes.length, checksum(bytes));
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

    private static Checksum checksum(byte[] bytes) {
        return Checksum.ofSha256(Checksum.newSha256().digest(bytes));
    }

    private final class Upload implements DumpUpload {
        private final DumpKey key;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean ended;

        Upload(DumpKey key) {
            this.key = key;
        }

        @Override
        public void write(byte[] buffer, int offset, int length) {
            requireOpen();
            bytes.write(buffer, offset, length);
        }

        @Override
        public StoredFile commit() {
            requireOpen();
            ended = true;
            return InMemoryDumpStore.this.commit(key, bytes.toByteArray());
        }

        @Override
        public void close() {
            ended = true;
        }

        private void requireOpen() {
            if (ended) {
                throw new IllegalStateException("the upload of " + key + " has ended");
            }
        }
    }
}
