package io.autodump.core.usecase.dump;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpParts;
import io.autodump.core.dump.SourceReport;
import io.autodump.core.dump.StoredFile;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpUpload;
import io.autodump.core.port.PartsUpload;
import io.autodump.core.port.PreparedDump;

/**
 * A dump that is committed and has no manifest yet.
 *
 * @param file the file, or the sizes of all parts and the checksum of their list
 */
record StoredDump(SourceReport report, StoredFile file) {
    /** Reads a source to its end, and commits what it wrote. If anything fails, nothing stays. */
    static StoredDump of(PreparedDump prepared, DumpStore store, DumpKey key, DumpProgress progress) {
        return prepared.jobs() > 1 && store.takesParts()
                ? ofParts(prepared, store, key, progress)
                : ofOneFile(prepared, store, key, progress);
    }

    private static StoredDump ofOneFile(PreparedDump prepared, DumpStore store, DumpKey key, DumpProgress progress) {
        try (DumpUpload upload = store.begin(key, prepared.databaseBytes())) {
            UploadStream stream = new UploadStream(upload);
            SourceReport report = prepared.writeTo(stream, progress);
            if (stream.bytes() == 0) {
                throw nothingWritten();
            }
            return new StoredDump(report, requireAll(key.value(), upload.commit(), stream.bytes()));
        }
    }

    private static StoredDump ofParts(PreparedDump prepared, DumpStore store, DumpKey key, DumpProgress progress) {
        try (PartsUpload upload = store.beginParts(key, prepared.jobs())) {
            WrittenParts written = new WrittenParts(key, upload);
            SourceReport report = prepared.writeParts(written, progress);
            DumpParts parts = report.parts();
            if (parts.isEmpty() || parts.archive().storedBytes() == 0) {
                throw nothingWritten();
            }
            written.requireExactly(parts);
            upload.commit();
            return new StoredDump(report, new StoredFile(parts.storedBytes(), parts.checksum()));
        }
    }

    /** Sets what is known about the dump's files. */
    void describe(DumpManifest.Builder manifest) {
        manifest.sourceBytes(report.sourceBytes()).storedBytes(file.bytes()).checksum(file.checksum());
        report.parts().describe(manifest);
    }

    private static AutoDumpException nothingWritten() {
        return new AutoDumpException(
                ErrorCode.DUMP_INCOMPLETE,
                "the source reported success and wrote nothing; nothing was published",
                "run pg_dump by hand against the same database and compare");
    }

    static StoredFile requireAll(String file, StoredFile stored, long written) {
        if (stored.bytes() != written) {
            throw new AutoDumpException(
                    ErrorCode.DUMP_CORRUPT,
                    "the store holds " + stored.bytes() + " bytes of dump " + file + ", and " + written
                            + " were written; nothing was published",
                    "run the dump again; if it happens again, the store loses bytes");
        }
        return stored;
    }
}
