package io.autodump.postgres.dump;

import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.dump.DumpParts;
import io.autodump.core.dump.SourceReport;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpUpload;
import io.autodump.core.port.PreparedDump;
import io.autodump.postgres.connection.DatabaseConnection;
import io.autodump.postgres.dump.PgDumpRun.PreparedFacts;
import io.autodump.postgres.load.StockCommands;
import io.autodump.postgres.server.ServerSessions;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

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
    public int jobs() {
        return facts.parallel().jobs();
    }

    @Override
    public SourceReport writeTo(OutputStream sink, DumpProgress progress) {
        PgDumpRun.Result result = runAgainIfObjectsVanish(begin(progress), sink, Optional.empty(), progress);
        endedWell();
        return result.report();
    }

    @Override
    public SourceReport writeParts(PartSink sink, DumpProgress progress) {
        PgDumpRun first = begin(progress);
        Compression outer = facts.plan().fileType().outerCompression();
        String name = DumpPart.archiveName(outer);
        try (DumpUpload upload = sink.part(name)) {
            PgDumpRun.Result result = runAgainIfObjectsVanish(first, upload.stream(), Optional.of(sink), progress);
            DumpPart archive = DumpPart.builder()
                    .name(name)
                    .sourceBytes(result.report().sourceBytes())
                    .stored(upload.commit())
                    .compression(outer)
                    .build();
            endedWell();
            return withParts(result, archive);
        }
    }

    private SourceReport withParts(PgDumpRun.Result result, DumpPart archive) {
        List<DumpPart> all =
                Stream.concat(Stream.of(archive), result.parts().stream()).toList();
        String encoding = facts.server().properties().encoding();
        DumpParts parts = new DumpParts(
                all,
                StockCommands.of(
                        archive, result.parts(), encoding, facts.settings().isEncrypted()));
        return SourceReport.builder()
                .from(result.report())
                .sourceBytes(parts.sourceBytes())
                .parts(parts)
                .build();
    }

    private synchronized void endedWell() {
        endedWell = true;
    }

    private PgDumpRun.Result runAgainIfObjectsVanish(
            PgDumpRun first, OutputStream sink, Optional<PartSink> parts, DumpProgress progress) {
        try {
            return runUntilNothingVanishes(first, sink, parts, progress);
        } catch (AutoDumpException failed) {
            throw OrphanedRows.named(failed, facts.database());
        }
    }

    /** Tries again only if nothing was written, so the sink gets the bytes of one run. */
    private PgDumpRun.Result runUntilNothingVanishes(
            PgDumpRun first, OutputStream sink, Optional<PartSink> parts, DumpProgress progress) {
        long began = System.nanoTime();
        PgDumpRun attempt = first;
        Optional<String> before = Optional.empty();
        for (int tries = 1; ; tries++) {
            long attemptBegan = System.nanoTime();
            try {
                return attempt.run(sink, parts);
            } catch (VanishedObjectException dropped) {
                boolean orphaned = tries >= TRIES_WITHOUT_PAUSE && dropped.isOrphaned(before);
                if (orphaned || isOver(LONGEST, began, attemptBegan)) {
                    throw dropped.after(tries, since(began));
                }
                LOG.log(Level.INFO, "{0}; another session dropped it meanwhile, trying again", dropped.object());
                before = dropped.number();
            } catch (LockQueueException queued) {
                if (isOver(facts.limits().lockWaitTimeout(), began, attemptBegan)) {
                    throw queued.after(tries, since(began));
                }
                LOG.log(Level.INFO, "{0}; trying again", queued.description());
            }
            pause(tries < TRIES_WITHOUT_PAUSE ? Duration.ZERO : PAUSE);
            attempt = next(progress);
        }
    }

    /** Whether the tries took too long, or another one like the last doesn't fit into the time of the dump. */
    private boolean isOver(Duration longest, long began, long attemptBegan) {
        Duration another = since(attemptBegan).plus(PAUSE);
        return since(began).compareTo(longest) > 0
                || facts.time()
                        .left()
                        .filter(left -> left.compareTo(another) < 0)
                        .isPresent();
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
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

    private synchronized PgDumpRun begin(DumpProgress progress) {
        if (run.isPresent()) {
            throw new IllegalStateException("a prepared dump can be written once");
        }
        return next(progress);
    }

    private synchronized PgDumpRun next(DumpProgress progress) {
        if (closed) {
            throw PgDumpFailure.stopped(0);
        }
        PgDumpRun begun = new PgDumpRun(facts, progress);
        run = Optional.of(begun);
        return begun;
    }
}
