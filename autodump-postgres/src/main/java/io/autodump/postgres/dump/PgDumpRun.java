package io.autodump.postgres.dump;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.SourceReport;
import io.autodump.core.dump.TableRows;
import io.autodump.core.dump.VerifyMode;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.PreparedDump.PartSink;
import io.autodump.postgres.archive.ArchiveCheck;
import io.autodump.postgres.archive.ClosingLineCheck;
import io.autodump.postgres.archive.OutputCheck;
import io.autodump.postgres.client.ClientEnvironment;
import io.autodump.postgres.client.PostgresClient;
import io.autodump.postgres.dump.PgDumpFailure.Stalled;
import io.autodump.postgres.part.ParallelPlan;
import io.autodump.postgres.part.PartFailedException;
import io.autodump.postgres.server.ServerFacts;
import io.autodump.process.ChildProcess;
import io.autodump.process.OpenResources;
import io.autodump.process.ProcessLimits;
import io.autodump.process.ShutdownCleanup;
import io.autodump.process.Watchdog;
import io.autodump.process.WorkingThread;
import io.autodump.process.stream.CompressingSink;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One run of {@code pg_dump}, from its start to the decision about its output. It succeeded only if the output was read
 * to the end, the exit status is 0, and the check of the output passed. Any thread may call {@link #stop}.
 */
final class PgDumpRun {
    /** A pipe holds 64 KiB on Linux, so a read never returns more. */
    private static final int BUFFER = 128 * 1024;

    private final PreparedFacts facts;
    private final OpenResources open = new OpenResources();
    private final WorkingThread worker = new WorkingThread();
    private final Watchdog watchdog;
    private final BlockingWatch blocking;
    private final PgDumpWarnings warnings = new PgDumpWarnings();
    private final DumpedBytes dumped;
    private final DumpProgress progress;
    private Optional<PartsRun> parts = Optional.empty();

    /** What the work waits for, and what it waited for when it was given up. */
    private volatile Stalled waitingFor = Stalled.PG_DUMP;

    private volatile Stalled stalled = Stalled.PG_DUMP;

    /** The bytes of {@code pg_dump} alone. */
    private long bytes;

    /** The facts on which a dump is based. Immutable. */
    record PreparedFacts(
            DatabaseSecret database,
            DumpSettings settings,
            ServerFacts server,
            PostgresClient client,
            PgDumpPlan plan,
            ParallelPlan parallel,
            ProcessLimits limits,
            DumpTime time,
            String applicationName) {}

    /** What a run has written: a report about the archive, and the parts beside it. */
    record Result(SourceReport report, List<DumpPart> parts) {}

    PgDumpRun(PreparedFacts facts, DumpProgress progress) {
        this.facts = facts;
        this.progress = progress;
        this.dumped = new DumpedBytes(progress);
        this.watchdog = new Watchdog(facts.limits().stallTimeout(), facts.time().left(), this::giveUp);
        open.add(watchdog::close);
        this.blocking = BlockingWatch.start(
                facts.database(), facts.applicationName(), facts.settings().maxBlocking(), open::closeAll);
        open.add(blocking::close);
    }

    /** Stops everything that runs, and waits for it. */
    void stop() {
        open.stop();
        worker.interrupt();
    }

    /** Interrupts what closing doesn't stop: a write to the store, an attempt to connect. */
    private void giveUp() {
        stalled = waitingFor;
        open.closeAll();
        worker.interrupt();
    }

    /**
     * Writes the archive.
     *
     * @param partSink takes the rows of large tables; if it is empty, they are in the archive
     */
    Result run(OutputStream sink, Optional<PartSink> partSink) {
        worker.begin();
        try {
            Optional<ExportedSnapshot> snapshot = snapshot(partSink);
            OutputCheck check = check();
            ChildProcess process = start(snapshot);
            try (CompressingSink outer = CompressingSink.of(
                    facts.plan().fileType().outerCompression(), facts.plan().threads(), sink)) {
                copy(process.stdout(), check, snapshot, outer);
                requireGoodEnd(process);
                Optional<Integer> entries = finish(check);
                List<DumpPart> data = data();
                List<TableRows> tables = counts(snapshot);
                requireNotEnded();
                outer.finish();
                return new Result(PgDumpReport.of(facts, bytes, entries, tables, warnings), data);
            }
        } catch (IOException sinkFailed) {
            requireNotEnded();
            throw new UncheckedIOException(sinkFailed);
        } catch (RuntimeException failed) {
            // A stopped child or connection may fail in any way. The reason is that it was stopped.
            requireNotEnded();
            throw failed;
        } finally {
            worker.end();
            open.closeAll();
            parts.ifPresent(PartsRun::close);
        }
    }

    private Optional<ExportedSnapshot> snapshot(Optional<PartSink> partSink) {
        if (partSink.isEmpty() && facts.settings().verify() != VerifyMode.RESTORE) {
            return Optional.empty();
        }
        waitingFor = Stalled.SESSION;
        ExportedSnapshot snapshot =
                partSink.isPresent() ? ExportedSnapshot.withParts(facts) : ExportedSnapshot.alone(facts);
        open.add(snapshot::close);
        parts = partSink.map(sink -> new PartsRun(facts, snapshot, sink, progress, dumped, this::giveUp));
        parts.ifPresent(running -> open.add(running::close));
        waitingFor = Stalled.PG_DUMP;
        return Optional.of(snapshot);
    }

    private OutputCheck check() {
        OutputCheck check = facts.settings().format() == DumpFormat.CUSTOM
                ? ArchiveCheck.start(
                        facts.client(), ChildProcess.redacting(facts.database().password()))
                : new ClosingLineCheck();
        open.add(check::close);
        return check;
    }

    private ChildProcess start(Optional<ExportedSnapshot> snapshot) throws IOException {
        ClientEnvironment environment = ClientEnvironment.of(facts.database(), facts.applicationName());
        open.add(environment::close);
        List<String> command = new ArrayList<>(facts.plan()
                .command(
                        facts.client(),
                        facts.server().serverMajor(),
                        facts.settings(),
                        parts.isEmpty()
                                ? facts.limits().lockWaitTimeout()
                                : LockQueueException.lockWait(facts.limits(), facts.settings()),
                        snapshot.map(ExportedSnapshot::id),
                        snapshot.map(ExportedSnapshot::tables).orElse(List.of())));
        command.addAll(PgDumpPlan.extensions(
                facts.client(), facts.settings(), facts.server().needs().extensions()));
        UnaryOperator<String> redaction =
                ChildProcess.redacting(facts.database().password());
        ChildProcess process = ChildProcess.start(
                command,
                environment.variables(),
                new PgDumpProgress(progress, watchdog::progress, warning -> warnings.add(redaction.apply(warning))),
                redaction);
        open.add(process::close);
        watchdog.waitingForSource();
        process.stdin().close();
        return process;
    }

    private void copy(InputStream stdout, OutputCheck check, Optional<ExportedSnapshot> snapshot, CompressingSink outer)
            throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int read = read(stdout, buffer); read >= 0; read = read(stdout, buffer)) {
            bytes += read;
            waitingFor = Stalled.PG_RESTORE;
            check.accept(buffer, 0, read);
            waitingFor = Stalled.PG_DUMP;
            if (facts.settings().verify() == VerifyMode.RESTORE) {
                snapshot.ifPresent(ExportedSnapshot::startCounting);
            }
            parts.ifPresent(PartsRun::start);
            watchdog.busyElsewhere();
            outer.write(buffer, 0, read);
            dumped.add(read);
            watchdog.waitingForSource();
            if (Thread.currentThread().isInterrupted()) {
                throw PgDumpFailure.stopped(dumped.total());
            }
        }
    }

    /** A pipe that was closed on our side ends too. The caller checks afterwards whether the end was good. */
    private static int read(InputStream stdout, byte[] buffer) {
        try {
            return stdout.read(buffer);
        } catch (IOException ended) {
            return -1;
        }
    }

    private void requireGoodEnd(ChildProcess process) {
        try {
            int status = process.waitFor();
            requireNotEnded();
            if (status != 0) {
                throw ShutdownCleanup.isUnderWay()
                        ? PgDumpFailure.stopped(dumped.total())
                        : exited(PgDumpFailure.exited(status, bytes, process.stderrLines(), facts.database()));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw PgDumpFailure.stopped(dumped.total());
        }
    }

    private AutoDumpException exited(AutoDumpException failed) {
        return bytes == 0 && parts.isPresent() ? LockQueueException.orOther(failed) : failed;
    }

    private void requireNotEnded() {
        if (open.isStopped()) {
            throw PgDumpFailure.stopped(dumped.total());
        }
        blocking.verdict().ifPresent(who -> {
            throw PgDumpFailure.blockedOthers(facts.settings().maxBlocking(), who, dumped.total());
        });
        watchdog.verdict().ifPresent(verdict -> {
            throw switch (verdict) {
                case STALLED -> PgDumpFailure.stalled(stalled, facts.limits().stallTimeout(), dumped.total());
                case TIMED_OUT ->
                    PgDumpFailure.timedOut(facts.settings().timeout().orElseThrow(), dumped.total());
            };
        });
        requirePartsGood();
    }

    private void requirePartsGood() {
        try {
            parts.ifPresent(PartsRun::requireNone);
        } catch (PartFailedException failed) {
            throw failed.isStalled()
                    ? PgDumpFailure.stalled(Stalled.SESSION, facts.limits().stallTimeout(), dumped.total())
                    : PgDumpFailure.part(failed, dumped.total(), facts.database());
        }
    }

    private Optional<Integer> finish(OutputCheck check) {
        waitingFor = Stalled.PG_RESTORE;
        Optional<Integer> entries = check.finish();
        waitingFor = Stalled.PG_DUMP;
        return entries;
    }

    private List<DumpPart> data() {
        watchdog.busyElsewhere();
        if (parts.isEmpty()) {
            return List.of();
        }
        try {
            return parts.get().await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw PgDumpFailure.stopped(dumped.total());
        }
    }

    private List<TableRows> counts(Optional<ExportedSnapshot> snapshot) {
        watchdog.busyElsewhere();
        return facts.settings().verify() == VerifyMode.RESTORE
                ? snapshot.map(ExportedSnapshot::counts).orElse(List.of())
                : List.of();
    }
}
