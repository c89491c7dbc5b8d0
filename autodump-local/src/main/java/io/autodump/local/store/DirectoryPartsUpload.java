package io.autodump.local.store;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.dump.StoredFile;
import io.autodump.core.port.DumpUpload;
import io.autodump.core.port.PartsUpload;
import io.autodump.local.file.DurableFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The parts of one dump on their way into a {@link DirectoryDumpStore}. */
final class DirectoryPartsUpload implements PartsUpload {
    private final DirectoryDumpStore store;
    private final DumpKey key;
    private final DurableFiles files;
    private final PartialFiles partials;
    private final PartFiles parts;
    private final PartFiles.Attempt attempt;
    private final Map<String, Part> open = new HashMap<>();
    private boolean ended;

    DirectoryPartsUpload(
            DirectoryDumpStore store,
            DumpKey key,
            DurableFiles files,
            PartialFiles partials,
            PartFiles parts,
            PartFiles.Attempt attempt) {
        this.store = store;
        this.key = key;
        this.files = files;
        this.partials = partials;
        this.parts = parts;
        this.attempt = attempt;
    }

    @Override
    public synchronized DumpUpload part(String name) {
        if (!DumpPart.isName(name)) {
            throw new IllegalArgumentException("not the name of a part: \"" + name + "\"");
        }
        if (ended || open.containsKey(name) || attempt.hasCommitted(name)) {
            throw new IllegalStateException("part " + name + " of dump " + key + " can't be begun now");
        }
        try {
            Part part = new Part(name, partials.create());
            open.put(name, part);
            return part;
        } catch (IOException failed) {
            throw StoreFailure.of("part " + name + " of dump " + key + " couldn't be begun", store.root(), failed);
        }
    }

    private void commit(String name, Path partial, StoredFile stored) {
        try {
            store.whileUnfinished(key, () -> parts.rename(key, attempt, name, partial, stored));
        } catch (IOException failed) {
            throw StoreFailure.of("part " + name + " of dump " + key + " couldn't be committed", store.root(), failed);
        }
    }

    @Override
    public synchronized void commit() {
        if (ended || !open.isEmpty()) {
            throw new IllegalStateException("dump " + key + " can't be committed now");
        }
        try {
            parts.sync(key);
        } catch (IOException failed) {
            throw StoreFailure.of("the parts of dump " + key + " couldn't be made durable", store.root(), failed);
        }
        ended = true;
    }

    @Override
    public synchronized void close() {
        if (ended) {
            return;
        }
        ended = true;
        List.copyOf(open.values()).forEach(Part::close);
        try {
            store.whileLocked(() -> parts.abort(key, attempt));
        } catch (IOException leftBehind) {
            // The next dump removes it, because the note stays. The cause of this one's failure must not be hidden.
        }
    }

    private synchronized void closed(String name) {
        open.remove(name);
    }

    /** A part, which is open until it is closed. */
    private final class Part implements DumpUpload {
        private final String name;
        private final DirectoryUpload upload;

        Part(String name, PartialFiles.Partial partial) {
            this.name = name;
            this.upload =
                    new DirectoryUpload("part " + name + " of dump " + key, store.root(), files, partial, this::named);
        }

        private void named(Path partial, StoredFile stored) {
            DirectoryPartsUpload.this.commit(name, partial, stored);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            upload.write(bytes, offset, length);
        }

        @Override
        public StoredFile commit() {
            StoredFile stored = upload.commit();
            closed(name);
            return stored;
        }

        @Override
        public void close() {
            upload.close();
            closed(name);
        }
    }
}
