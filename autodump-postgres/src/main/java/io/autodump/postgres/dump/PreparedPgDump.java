package io.autodump.postgres.dump;

import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.SourceReport;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.PreparedDump;
import io.autodump.postgres.dump.PgDumpRun.PreparedFacts;
import io.autodump.postgres.server.ServerSessions;
import java.io.OutputStream;
import java.util.Optional;

/** A {@code pg_dump} that is ready to start. */
final class PreparedPgDump implements PreparedDump {
    /** How often a dump is tried again if an object vanished after {@code pg_dump} had read its name. */
    private static final int MOST_RETRIES = 3;

    private final PreparedFacts facts;
    private Optional<PgDumpRun> run = Optional.empty();
    private boolean endedWell;
    private boolean closed;

    PreparedPgDump(PreparedFacts facts) {
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
        SourceReport report = runAgainIfObjectsVanish(begin(), sink, progress);
        synchronized (this) {
            endedWell = true;
        }
        return report;
    }

    /** Tries again only if nothing was written, so the sink gets the bytes of one run. */
    private SourceReport runAgainIfObjectsVanish(PgDumpRun first, OutputStream sink, DumpProgress progress) {
        PgDumpRun attempt = first;
        for (int retries = 0; retries < MOST_RETRIES; retries++) {
            try {
                return attempt.run(sink, progress);
            } catch (VanishedObjectException dropped) {
                attempt = next();
            }
        }
        return attempt.run(sink, progress);
    }

    @Override
    public void close() {
        Optional<PgDumpRun> begun;
        boolean leftovers;
        synchronized (this) {
            begun = run;
            leftovers = begun.isPresent() && !endedWell && !closed;
            closed = true;
        }
        begun.ifPresent(PgDumpRun::stop);
        if (leftovers) {
            ServerSessions.terminate(facts.database(), facts.applicationName());
        }
    }

    private synchronized PgDumpRun begin() {
        if (run.isPresent()) {
            throw new IllegalStateException("a prepared dump can be written once");
        }
        return next();
    }

    private synchronized PgDumpRun next() {
        if (closed) {
            throw PgDumpFailure.stopped(0);
        }
        PgDumpRun begun = new PgDumpRun(facts);
        run = Optional.of(begun);
        return begun;
    }
}
