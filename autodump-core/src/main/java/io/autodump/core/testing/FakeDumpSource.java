package io.autodump.core.testing;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.TlsMode;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.NotIncluded;
import io.autodump.core.dump.SourceReport;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpSource;
import io.autodump.core.port.PreparedDump;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A source that writes given bytes, and then succeeds or fails. Its files are {@code .dump.zst}, with any settings.
 */
public final class FakeDumpSource implements DumpSource {
    private static final int DATABASE_BYTES = 1_000_000;

    private final byte[] output;
    private final Optional<AutoDumpException> end;
    private final List<NotIncluded> notIncluded;
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    private FakeDumpSource(byte[] output, Optional<AutoDumpException> end, List<NotIncluded> notIncluded) {
        this.output = output.clone();
        this.end = end;
        this.notIncluded = notIncluded;
    }

    /** Creates a source that writes the bytes and succeeds. */
    public static FakeDumpSource printing(byte[] output) {
        return new FakeDumpSource(output, Optional.empty(), List.of());
    }

    /** Prints the bytes, ends well, and reports what isn't in them. */
    public static FakeDumpSource printingAllBut(byte[] output, NotIncluded... notIncluded) {
        return new FakeDumpSource(output, Optional.empty(), List.of(notIncluded));
    }

    /** Creates a source that writes the bytes and fails, as a process does that exits with status 1. */
    public static FakeDumpSource failingAfter(byte[] output) {
        return new FakeDumpSource(
                output,
                Optional.of(new AutoDumpException(
                        ErrorCode.DUMP_PROCESS_FAILED,
                        "pg_dump exited with status 1 after " + output.length + " bytes; nothing was published",
                        "permission denied for table payroll: GRANT pg_read_all_data TO autodump")),
                List.of());
    }

    /** Returns how many prepared dumps aren't closed. */
    public int leftOpen() {
        return opened.get() - closed.get();
    }

    /** Returns how many dumps were prepared. */
    public int prepared() {
        return opened.get();
    }

    @Override
    public PreparedDump prepare(DatabaseSecret database, DumpSettings settings) {
        opened.incrementAndGet();
        return new Prepared();
    }

    private final class Prepared implements PreparedDump {
        @Override
        public DumpFileType fileType() {
            return new DumpFileType(DumpFormat.CUSTOM, Compression.DEFAULT);
        }

        @Override
        public long databaseBytes() {
            return DATABASE_BYTES;
        }

        @Override
        public SourceReport writeTo(OutputStream sink, DumpProgress progress) {
            try {
                sink.write(output);
                sink.flush();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            progress.bytes(output.length);
            if (end.isPresent()) {
                throw end.get();
            }
            return SourceReport.builder()
                    .serverVersion("15.18")
                    .clientVersion("15.18")
                    .tls(TlsMode.VERIFY_FULL)
                    .sourceBytes(Math.max(1, output.length))
                    .archiveEntries(FakeArchiveInspector.ENTRIES)
                    .notIncluded(notIncluded)
                    .build();
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }
}
