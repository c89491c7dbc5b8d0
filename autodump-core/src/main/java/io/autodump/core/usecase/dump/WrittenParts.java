package io.autodump.core.usecase.dump;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.dump.DumpParts;
import io.autodump.core.dump.StoredFile;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpUpload;
import io.autodump.core.port.PartsUpload;
import io.autodump.core.port.PreparedDump;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Passes parts on to an upload, and remembers what was committed. Thread-safe. */
final class WrittenParts implements PreparedDump.PartSink {
    private final DumpKey key;
    private final PartsUpload upload;
    private final EncryptedFiles files;
    private final Map<String, StoredFile> committed = new ConcurrentHashMap<>();

    WrittenParts(DumpKey key, PartsUpload upload, EncryptedFiles files) {
        this.key = key;
        this.upload = upload;
        this.files = files;
    }

    @Override
    public DumpUpload part(String name) {
        return new Part(name, upload.part(files.named(name)));
    }

    /** Refuses a report that doesn't name exactly the parts that were committed. */
    void requireExactly(DumpParts parts) {
        for (DumpPart part : parts.all()) {
            if (!part.stored().equals(committed.get(part.name()))) {
                throw incomplete("part " + part.name() + ", which wasn't stored like that");
            }
        }
        if (committed.size() != parts.all().size()) {
            throw incomplete(parts.all().size() + " parts, and " + committed.size() + " were stored");
        }
    }

    private AutoDumpException incomplete(String reported) {
        return new AutoDumpException(
                ErrorCode.DUMP_INCOMPLETE,
                "the source of dump " + key + " reported " + reported + "; nothing was published",
                "run the dump again; if it happens again, set autodump:jobs=1 and report a bug");
    }

    private final class Part implements DumpUpload {
        private final String name;
        private final DumpUpload part;
        private final UploadStream written;
        private final OutputStream encrypting;

        Part(String name, DumpUpload part) {
            this.name = name;
            this.part = part;
            this.written = new UploadStream(part);
            this.encrypting = files.encrypting(written);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            try {
                encrypting.write(bytes, offset, length);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        @Override
        public StoredFile commit() {
            try {
                encrypting.close();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            StoredFile stored = StoredDump.requireAll(key.partKey(files.named(name)), part.commit(), written.bytes());
            committed.put(name, stored);
            return stored;
        }

        @Override
        public void close() {
            part.close();
        }
    }
}
