package io.autodump.postgres.dump;

import com.google.common.collect.Comparators;
import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.SourceReport;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.PreparedDump;
import io.autodump.postgres.connection.DatabaseConnection;
import io.autodump.postgres.dump.PgDumpRun.PreparedFacts;
import io.autodump.postgres.server.ServerSessions;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A {@code pg_dump} that is ready to start. */
final class PreparedPgDump implements PreparedDump {
    private static final Logger LOG = System.getLogger(DatabaseConnection.LOG_NAME);

    /** How long a dump is tried again because objects vanished after {@code pg_dump} had read their names. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** The first tries follow at once, because most often the next one succeeds; a migration needs some seconds. */
    private static final int TRIES_WITHOUT_PAUSE = 4;

    private static final Duration PAUSE = Duration.ofMillis(250);

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
        PgDumpRun first = begin();
        try {
            SourceReport report = runAgainIfObjectsVanish(first, sink, progress);
            synchronized (this) {
                endedWell = true;
            }
            return report;
        } catch (AutoDumpException failed) {
            throw OrphanedRows.named(failed, facts.database());
        }
    }

    /** Tries again only if nothing was written, so the sink gets the bytes of one run. */
    private SourceReport runAgainIfObjectsVanish(PgDumpRun first, OutputStream sink, DumpProgress progress) {
        long began = System.nanoTime();
        PgDumpRun attempt = first;
        Optional<String> before = Optional.empty();
        for (int tries = 1; ; tries++) {
            try {
                return attempt.run(sink, progress);
            } catch (VanishedObjectException dropped) {
                Duration tried = Duration.ofNanos(System.nanoTime() - began);
                boolean orphaned = tries >= TRIES_WITHOUT_PAUSE && dropped.isOrphaned(before);
                if (orphaned || tried.compareTo(longest()) > 0) {
                    throw dropped.after(tries, tried);
                }
                LOG.log(Level.INFO, "{0}; another session dropped it meanwhile, trying again", dropped.object());
                before = dropped.number();
                pause(tries < TRIES_WITHOUT_PAUSE ? Duration.ZERO : PAUSE);
                attempt = next();
            }
        }
    }

    private Duration longest() {
        return facts.settings()
                .timeout()
                .map(limit -> Comparators.min(limit, LONGEST))
                .orElse(LONGEST);
    }

    private void pause(Duration pause) {
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
