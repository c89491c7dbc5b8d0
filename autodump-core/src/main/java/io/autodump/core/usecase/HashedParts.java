package io.autodump.core.usecase;

import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpStore;
import io.autodump.core.restore.StoredParts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The parts of a dump in its store. Each pass over a part hashes it, and the end of the pass compares. The first pass
 * over each part counts for the progress. Not API. Thread-safe.
 */
public final class HashedParts implements StoredParts {
    private final DumpStore store;
    private final DumpManifest manifest;
    private final Encryption encryption;
    private final DumpProgress progress;
    private final Set<String> opened = ConcurrentHashMap.newKeySet();
    private final Set<String> compared = ConcurrentHashMap.newKeySet();
    private long bytes;

    /** Opens nothing yet. */
    public HashedParts(DumpStore store, DumpManifest manifest, Encryption encryption, DumpProgress progress) {
        this.store = store;
        this.manifest = manifest;
        this.encryption = encryption;
        this.progress = progress;
    }

    @Override
    public InputStream open(String name) {
        DumpPart part = manifest.parts()
                .find(name)
                .orElseThrow(() -> new IllegalArgumentException("dump " + manifest.key() + " has no part " + name));
        InputStream stored = store.openPart(manifest.key(), name);
        return encryption.decrypting(
                manifest,
                new ComparedStream(
                        stored,
                        part.stored(),
                        "part " + name + " of dump " + manifest.key(),
                        opened.add(name) ? this::add : ignored -> {},
                        () -> compared.add(name)));
    }

    private synchronized void add(int read) {
        bytes += read;
        progress.bytes(bytes);
    }

    /**
     * Reads each part that was opened and never read to its end, so that every part that was used is the manifest's.
     *
     * @throws AutoDumpException {@code DUMP_CORRUPT}
     * @throws UncheckedIOException if a part can't be read
     */
    public void compareOpened() {
        for (DumpPart part : manifest.parts().all()) {
            if (opened.contains(part.name()) && !compared.contains(part.name())) {
                compare(part.name());
            }
        }
    }

    private void compare(String name) {
        try (InputStream stored = open(name)) {
            stored.transferTo(OutputStream.nullOutputStream());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
