package io.autodump.postgres.dump;

import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpUpload;
import io.autodump.core.port.PreparedDump.PartSink;
import io.autodump.postgres.connection.Sql;
import io.autodump.postgres.dump.PgDumpRun.PreparedFacts;
import io.autodump.postgres.part.PartDestination;
import io.autodump.postgres.part.PartListener;
import io.autodump.postgres.part.PartReaders;
import io.autodump.postgres.part.TablePart;
import io.autodump.process.stream.CompressingSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The parts beside one run of {@code pg_dump}: reads them in more sessions, compresses them and stores them. */
final class PartsRun implements PartDestination, PartListener, AutoCloseable {
    private final PreparedFacts facts;
    private final PartSink sink;
    private final DumpProgress progress;
    private final DumpedBytes dumped;
    private final Map<TablePart, String> names = new HashMap<>();
    private final List<DumpPart> stored = new ArrayList<>();
    private final ExportedSnapshot snapshot;
    private final PartReaders readers;
    private boolean started;

    /**
     * Prepares the parts of a snapshot.
     *
     * @param onFailure is called once, by another thread, if a part fails for good
     */
    PartsRun(
            PreparedFacts facts,
            ExportedSnapshot snapshot,
            PartSink sink,
            DumpProgress progress,
            DumpedBytes dumped,
            Runnable onFailure) {
        this.facts = facts;
        this.sink = sink;
        this.progress = progress;
        this.dumped = dumped;
        snapshot.parts().forEach(part -> names.put(part, DumpPart.dataName(names.size() + 1, compression())));
        this.snapshot = snapshot;
        this.readers = new PartReaders(snapshot.readers(), snapshot.parts(), this, this, onFailure);
    }

    private Compression compression() {
        return facts.settings().compression();
    }

    /**
     * Starts reading beside {@code pg_dump}, which has all its locks now. Later calls do nothing.
     *
     * @throws LockQueueException if a table was truncated before that; nothing may be passed on yet
     */
    void start() {
        if (!started) {
            started = true;
            snapshot.requireSameFiles(facts.database());
            readers.start(snapshot.readers().ready());
        }
    }

    /** Waits until all parts are stored. The session of {@code pg_dump} is free now for one more reader. */
    List<DumpPart> await() throws InterruptedException {
        start();
        if (readers.areWaiting()) {
            boolean more = snapshot.readers().openOneMore(snapshot.tables());
            readers.start(more || readers.isEmpty() ? 1 : 0);
        }
        readers.await();
        synchronized (stored) {
            if (stored.size() != names.size()) {
                throw PgDumpFailure.stopped(dumped.total());
            }
            return stored.stream().sorted(Comparator.comparing(DumpPart::name)).toList();
        }
    }

    /** Throws the failure of a part, if one failed. */
    void requireNone() {
        readers.requireNone();
    }

    @Override
    public void begins(TablePart part) {
        progress.table(part.displayed());
    }

    @Override
    public void read(long bytes) {
        dumped.add(bytes);
    }

    @Override
    public void take(TablePart part, Rows rows) throws IOException {
        String name = names.get(part);
        if (name == null) {
            throw new IllegalArgumentException(part.displayed());
        }
        try (DumpUpload upload = sink.part(name);
                CompressingSink outer = CompressingSink.of(compression(), 1, upload.stream())) {
            SourceCount source = new SourceCount(outer);
            long count = rows.writeTo(source);
            outer.finish();
            DumpPart finished = DumpPart.builder()
                    .name(name)
                    .table(Sql.quoted(part.table().schema()) + "."
                            + Sql.quoted(part.table().name()))
                    .columns(part.columns().stream().map(Sql::quoted).toList())
                    .rows(count)
                    .sourceBytes(source.bytes)
                    .stored(upload.commit())
                    .compression(compression())
                    .build();
            synchronized (stored) {
                stored.add(finished);
            }
        }
    }

    @Override
    public void close() {
        readers.close();
    }

    private static final class SourceCount implements Sink {
        private final CompressingSink outer;
        private long bytes;

        SourceCount(CompressingSink outer) {
            this.outer = outer;
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            outer.write(buffer, offset, length);
            bytes += length;
        }
    }
}
