package io.autodump.dumper;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import io.autodump.aws.log.JsonLog;
import io.autodump.core.AutoDump;
import io.autodump.core.AutoDumpBuilder;
import io.autodump.core.dump.DumpOutcome;
import io.autodump.core.engine.Engines;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.port.DumpEvents;
import io.autodump.core.record.RunPlace;
import io.autodump.core.usecase.dump.RunOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** Connects one run to AWS, and makes it. */
final class DumpJob {
    private static final Executor DUMP_THREADS = Executors.newCachedThreadPool(new ThreadFactoryBuilder()
            .setDaemon(true)
            .setNameFormat("autodump-dump-%d")
            .build());

    private final DumperSettings settings;
    private final JobAdapters adapters;
    private final JsonLog log;
    private final OutcomeLog outcome;
    private final Termination termination;
    private final RunPlace place;

    DumpJob(JobAdapters adapters, OutcomeLog outcome, Termination termination, RunPlace place) {
        this.settings = adapters.settings();
        this.adapters = adapters;
        this.log = adapters.log();
        this.outcome = outcome;
        this.termination = termination;
        this.place = place;
    }

    void run() {
        Instant scheduledAt = settings.scheduledAt().orElseGet(log.clock()::instant);
        log.write(log.info("dump starts")
                .put("secretArn", settings.secret().value())
                .put("scheduledAt", scheduledAt.toString()));
        adapters.logMessages();
        RunOutcome finished = autoDump()
                .dumpAll(
                        settings.secret(),
                        scheduledAt,
                        new ProgressLog(
                                log, "dump in progress", settings.secret().value()));
        finished.dumps().stream()
                .filter(DumpOutcome::alreadyThere)
                .forEach(dump -> log.write(log.info("an earlier attempt had finished this run; nothing was dumped now")
                        .put("database", dump.manifest().database())));
        requireAll(finished);
    }

    /** The failure of each database is in the log; the report that people get names them all. */
    private void requireAll(RunOutcome finished) {
        try {
            finished.requireAll();
        } catch (AutoDumpException failed) {
            log.write(log.error(failed).put("report", failed.report()));
            throw failed;
        }
    }

    private AutoDump autoDump() {
        AutoDumpBuilder autoDump = adapters.wired()
                .dumpStores(new AllowedBuckets(settings.buckets(), adapters::store))
                .dumpSource(
                        termination.stopping(Engines.of(JobAdapters.engines()).source()))
                .dumpExecutor(DUMP_THREADS)
                .dumpEvents(events())
                .runPlace(place);
        settings.scratchSecret().ifPresent(autoDump::scratchServer);
        return autoDump.build();
    }

    /** The log is first, because it needs no service. */
    private DumpEvents events() {
        List<DumpEvents> listeners = new ArrayList<>(List.of(outcome));
        listeners.addAll(adapters.channels());
        return event -> listeners.forEach(listener -> listener.publish(event));
    }
}
