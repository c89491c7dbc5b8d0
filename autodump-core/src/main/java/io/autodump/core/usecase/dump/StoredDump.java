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
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A dump that is committed and has no manifest yet.
 *
 * @param file the file, or the sizes of all parts and the checksum of their list
 */
record StoredDump(SourceReport report, StoredFile file) {
    /** Reads a source to its end, and commits what it wrote. If anything fails, nothing stays. */
    static StoredDump of(
            PreparedDump prepared, DumpStore store, DumpKey key, EncryptedFiles files, DumpProgress progress) {
        return prepared.jobs() > 1 && store.takesParts()
                ? ofParts(prepared, store, key, files, progress)
                : ofOneFile(prepared, store, key, files, progress);
    }

    private static StoredDump ofOneFile(
            PreparedDump prepared, DumpStore store, DumpKey key, EncryptedFiles files, DumpProgress progress) {
        try (DumpUpload upload = store.begin(key, prepared.databaseBytes())) {
            UploadStream stored = new UploadStream(upload);
            SourceStream source = new SourceStream(files.encrypting(stored));
            SourceReport report = prepared.writeTo(source, progress);
            if (source.bytes() == 0) {
                throw nothingWritten();
            }
            source.finish();
            return new StoredDump(report, requireAll(key.value(), upload.commit(), stored.bytes()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static StoredDump ofParts(
            PreparedDump prepared, DumpStore store, DumpKey key, EncryptedFiles files, DumpProgress progress) {
        try (PartsUpload upload = store.beginParts(key, prepared.jobs())) {
            WrittenParts written = new WrittenParts(key, upload, files);
            SourceReport report = prepared.writeParts(written, progress);
            if (report.parts().isEmpty() || report.parts().archive().storedBytes() == 0) {
                throw nothingWritten();
            }
            written.requireExactly(report.parts());
            upload.commit();
            DumpParts parts = files.named(report.parts());
            SourceReport named =
                    SourceReport.builder().from(report).parts(parts).build();
            return new StoredDump(named, new StoredFile(parts.storedBytes(), parts.checksum()));
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
