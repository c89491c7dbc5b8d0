package io.autodump.dumper;

import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.SourceReport;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.PreparedDump;
import io.autodump.dumper.DumpRun.PreparedFacts;
import java.io.OutputStream;
import java.util.Optional;

/** A {@code pg_dump} that can begin. */
final class PgDump implements PreparedDump {
    private final PreparedFacts facts;
    private Optional<DumpRun> run = Optional.empty();
    private boolean endedWell;
    private boolean closed;

    PgDump(PreparedFacts facts) {
        this.facts = facts;
    }

    @Override
    public DumpFileType fileType() {
        return facts.plan().fileType();
    }

    @Override
    public long databaseBytes() {
        return facts.server().databaseBytes();
    }

    @Override
    public SourceReport writeTo(OutputStream sink, DumpProgress progress) {
        SourceReport report = begin().run(sink, progress);
        synchronized (this) {
            endedWell = true;
        }
        return report;
    }

    @Override
    public void close() {
        Optional<DumpRun> begun;
        boolean leftovers;
        synchronized (this) {
            begun = run;
            leftovers = begun.isPresent() && !endedWell && !closed;
            closed = true;
        }
        begun.ifPresent(DumpRun::stop);
        if (leftovers) {
            ServerSessions.terminate(facts.database(), facts.applicationName());
        }
    }

    private synchronized DumpRun begin() {
        if (closed) {
            throw PgDumpFailure.stopped(0);
        }
        if (run.isPresent()) {
            throw new IllegalStateException("a prepared dump can be written once");
        }
        DumpRun begun = new DumpRun(facts);
        run = Optional.of(begun);
        return begun;
    }
}
