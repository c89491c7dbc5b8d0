package io.autodump.core.testing;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.TlsMode;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.dump.DumpParts;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.NotIncluded;
import io.autodump.core.dump.SourceReport;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpSource;
import io.autodump.core.port.DumpUpload;
import io.autodump.core.port.PreparedDump;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
    private final List<byte[]> rows;
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    private FakeDumpSource(
            byte[] output, Optional<AutoDumpException> end, List<NotIncluded> notIncluded, List<byte[]> rows) {
        this.output = output.clone();
        this.end = end;
        this.notIncluded = notIncluded;
        this.rows = rows;
    }

    /** Creates a source that writes the bytes and succeeds. */
    public static FakeDumpSource printing(byte[] output) {
        return new FakeDumpSource(output, Optional.empty(), List.of(), List.of());
    }

    /** Prints the bytes, ends well, and reports what isn't in them. */
    public static FakeDumpSource printingAllBut(byte[] output, NotIncluded... notIncluded) {
        return new FakeDumpSource(output, Optional.empty(), List.of(notIncluded), List.of());
    }

    /** Creates a source that writes the bytes and fails, as a process does that exits with status 1. */
    public static FakeDumpSource failingAfter(byte[] output) {
        return new FakeDumpSource(
                output,
                Optional.of(new AutoDumpException(
                        ErrorCode.DUMP_PROCESS_FAILED,
                        "pg_dump exited with status 1 after " + output.length + " bytes; nothing was published",
                        "permission denied for table payroll: GRANT pg_read_all_data TO autodump")),
                List.of(),
                List.of());
    }

    /** Creates a source that writes an archive and one part per array: the rows of a table, one per line feed. */
    public static FakeDumpSource printingParts(byte[] archive, byte[]... rows) {
        return new FakeDumpSource(archive, Optional.empty(), List.of(), List.of(rows));
    }

    /** As {@link #printingParts}, and fails after the last part is committed. */
    public static FakeDumpSource failingAfterParts(byte[] archive, byte[]... rows) {
        return new FakeDumpSource(archive, failingAfter(archive).end, List.of(), List.of(rows));
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

    private static long lines(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).lines().count();
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
            return report().sourceBytes(Math.max(1, output.length)).build();
        }

        @Override
        public int jobs() {
            return 1 + rows.size();
        }

        @Override
        public SourceReport writeParts(PartSink sink, DumpProgress progress) {
            List<DumpPart> parts = new ArrayList<>();
            String archive = DumpPart.archiveName(Compression.DEFAULT);
            parts.add(write(sink, DumpPart.builder().name(archive), archive, output));
            for (int i = 0; i < rows.size(); i++) {
                String name = DumpPart.dataName(i + 1, Compression.DEFAULT);
                DumpPart.Builder part = DumpPart.builder().name(name).table("public.t" + (i + 1));
                parts.add(write(sink, part.addColumns("id").rows(lines(rows.get(i))), name, rows.get(i)));
            }
            DumpParts all = new DumpParts(parts, List.of("restore with stock tools"));
            return report().sourceBytes(all.sourceBytes()).parts(all).build();
        }

        private DumpPart write(PartSink sink, DumpPart.Builder part, String name, byte[] bytes) {
            try (DumpUpload upload = sink.part(name)) {
                upload.write(bytes, 0, bytes.length);
                return part.stored(upload.commit())
                        .sourceBytes(bytes.length)
                        .compression(Compression.DEFAULT)
                        .build();
            }
        }

        private SourceReport.Builder report() {
            if (end.isPresent()) {
                throw end.get();
            }
            return SourceReport.builder()
                    .serverVersion("15.18")
                    .clientVersion("15.18")
                    .tls(TlsMode.VERIFY_FULL)
                    .archiveEntries(FakeArchiveInspector.ENTRIES)
                    .notIncluded(notIncluded);
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }
}
