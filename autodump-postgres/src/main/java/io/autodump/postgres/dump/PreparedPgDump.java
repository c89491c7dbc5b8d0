package io.autodump.postgres.dump;

import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.SourceReport;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.PreparedDump;
import io.autodump.postgres.dump.PgDumpRun.PreparedFacts;
import io.autodump.postgres.server.ServerSessions;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A {@code pg_dump} that is ready to start. */
final class PreparedPgDump implements PreparedDump {
    /**
     * The pauses before a dump is tried again because an object vanished after {@code pg_dump} had read its name. Most
     * often the next try succeeds; a migration needs some seconds.
     */
    private static final List<Duration> PAUSES = List.of(
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            Duration.ofSeconds(9));

    private final PreparedFacts facts;
    private final CountDownLatch stopped = new CountDownLatch(1);
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
        String before = "";
        for (Duration pause : PAUSES) {
            try {
                return attempt.run(sink, progress);
            } catch (VanishedObjectException dropped) {
                pause(pause, dropped, before);
                before = dropped.description();
                attempt = next();
            }
        }
        return attempt.run(sink, progress);
    }

    /** The same object once more didn't vanish: the catalogue has a row without it, and waiting doesn't help. */
    private void pause(Duration pause, VanishedObjectException dropped, String before) {
        if (pause.isZero()) {
            return;
        }
        if (dropped.description().equals(before)) {
            throw dropped;
        }
        try {
            stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw PgDumpFailure.stopped(0);
        }
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
        stopped.countDown();
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
