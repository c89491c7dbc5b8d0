package io.autodump.local.scheduler;

import io.autodump.core.AutoDump;
import io.autodump.core.engine.Engines;
import io.autodump.core.engine.StoppableDumpSource;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCategory;
import io.autodump.core.port.DatabaseEngine;
import io.autodump.core.port.DatabaseTokens;
import io.autodump.core.port.DumpEvents;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpSource;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.RestoreCheck;
import io.autodump.local.run.FileRunScheduler;
import io.autodump.local.run.PendingRun;
import io.autodump.local.secret.Secrets;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler of one machine. It scans the secrets, at an interval and whenever their files change; waits for the
 * earliest run; and when one is due checks the tags' hash, schedules the secret's next run, and dumps. All that must
 * survive is in the {@link FileRunScheduler}'s folder, so that a process that dies at any point loses no run and makes
 * none twice: a run waits until its end is recorded, and a dump that was finished before isn't made again.
 *
 * <ul>
 *   <li>A run that is late by less than the secret's catch-up window is made; one that is later is missed, which is told
 *       as an event. Of several due runs of one secret the newest alone is made.
 *   <li>A failed dump is tried again after 5 and after another 15 minutes, within the catch-up window, unless its error
 *       is one that only the owner of the secret can mend. Every failed attempt is told as an event.
 *   <li>{@link #stop} closes running dumps; their runs wait, and are made after the next start.
 * </ul>
 *
 * <p>Used once: one call of {@link #run} or {@link #runOnce}. {@link #stop} may come from any thread.
 */
public final class SchedulerDaemon {
    private static final String STOPPED = "the scheduler was asked to stop; nothing was published";
    private static final String START_AGAIN = "start it again: within its catch-up window the run is made then";
    private static final Duration STOP_WITHIN = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Builder settings;
    private final StoppableDumpSource source;
    private final Alarm alarm = new Alarm();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ExitStatus exitStatus = new ExitStatus();
    private final ExecutorService workers;
    private final Journal journal;
    private final RunningDumps jobs;
    private final Rounds rounds;
    private volatile boolean stopping;
    private volatile boolean working;

    private SchedulerDaemon(Builder settings, Secrets secrets, DumpSource dumpSource, DumpStore store) {
        this.settings = settings;
        this.source = new StoppableDumpSource(dumpSource, STOPPED, START_AGAIN);
        FileRunScheduler runs = required(settings.runs, "runs");
        AutoDump.Builder autoDump = AutoDump.builder()
                .secretCatalog(secrets)
                .secretValues(secrets)
                .runScheduler(runs)
                .dumpSource(source)
                .dumpStore(store)
                .dumpEvents(settings.events)
                .clock(settings.clock);
        settings.engines.forEach(autoDump::engine);
        Optional.ofNullable(settings.restoreCheck).ifPresent(autoDump::restoreCheck);
        Optional.ofNullable(settings.tokens).ifPresent(autoDump::databaseTokens);
        this.workers = Optional.ofNullable(settings.workers)
                .orElseGet(() -> Executors.newFixedThreadPool(settings.maxConcurrentDumps));
        this.journal = new Journal(settings.log, settings.clock);
        AutoDump built = autoDump.build();
        this.jobs = new RunningDumps(
                built, runs, settings.clock, journal, exitStatus, workers, settings.progress, alarm::ring);
        this.rounds = new Rounds(
                new Scans(built, secrets, journal, exitStatus),
                new DueRuns(built, secrets, runs, jobs, settings.events, journal, exitStatus),
                runs,
                settings.clock,
                settings.rescanInterval,
                journal,
                exitStatus);
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * Works until it is stopped.
     *
     * @return 0, or the exit status of {@link ErrorCategory#OPERATOR} if its thread was interrupted
     * @throws AutoDumpException {@code ALREADY_RUNNING} if another scheduler has the state folder
     */
    public int run() {
        return alone(this::loop);
    }

    private int loop() throws InterruptedException {
        Secrets secrets = required(settings.secrets, "secrets");
        Optional<FolderWatch> watch = secrets.watchedFolder()
                .map(folder -> new FolderWatch(folder, () -> {
                    rounds.scanNext();
                    alarm.ring();
                }));
        try {
            journal.info("", "daemon", "scheduling the secrets in " + secrets.place());
            while (!stopping) {
                alarm.await(rounds.lookOrReport());
                jobs.rethrowFatal();
            }
            return 0;
        } finally {
            watch.ifPresent(FolderWatch::close);
        }
    }

    /**
     * Scans, makes all that is due, waits for it and returns. No failure is tried again.
     *
     * @return 0 if all is well, else the exit status of the worst {@link ErrorCategory} that was seen
     * @throws AutoDumpException {@code ALREADY_RUNNING} if another scheduler has the state folder
     */
    public int runOnce() {
        jobs.giveUpAtOnce();
        return alone(this::once);
    }

    private int once() throws InterruptedException {
        do {
            rounds.lookOrReport();
            while (!jobs.isIdle() && !stopping) {
                alarm.await(Rounds.LONGEST_WAIT);
            }
            jobs.rethrowFatal();
        } while (!stopping && tookMore());
        return exitStatus.get();
    }

    /** What is done as the only scheduler on the state folder. */
    private interface Work {
        int perform() throws InterruptedException;
    }

    private int alone(Work work) {
        StateLock lock = StateLock.acquire(required(settings.runs, "runs").stateFolder());
        working = true;
        try {
            return work.perform();
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            return ErrorCategory.OPERATOR.exitStatus();
        } finally {
            end();
            lock.close();
        }
    }

    /** Takes no new run, closes running dumps, and returns when all has ended, or after 30 seconds. */
    public void stop() {
        stopping = true;
        jobs.stop();
        alarm.ring();
        source.stop();
        try {
            if (working && !ended.await(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                journal.warning("", "daemon", "a dump didn't end in time; its run waits for the next start");
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks at the clock and the files again, now. */
    void wake() {
        alarm.ring();
    }

    /** For tests: one round on the calling thread. */
    Duration tick() {
        return rounds.look();
    }

    /** Whether there was more to do: a secret has one dump at a time, and the next of its runs may have come due. */
    private boolean tookMore() {
        rounds.lookOrReport();
        return !jobs.isIdle();
    }

    private void end() {
        jobs.stop();
        source.stop();
        workers.shutdown();
        try {
            if (!workers.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                // A slow upload, perhaps, which gives up when it is interrupted, and takes back what it sent.
                workers.shutdownNow();
                workers.awaitTermination(STOP_WITHIN.minus(PATIENCE).toSeconds(), TimeUnit.SECONDS);
            }
        } catch (InterruptedException impatient) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        } finally {
            journal.info("", "daemon", "stopped");
            ended.countDown();
        }
    }

    private static <T> T required(@Nullable T part, String name) {
        if (part == null) {
            throw new IllegalStateException("SchedulerDaemon.builder()." + name + "(…) is needed");
        }
        return part;
    }

    /** Takes the parts. Not thread-safe; used once. */
    public static final class Builder {
        private static final int MOST_DUMPS = 64;

        private @Nullable Secrets secrets;
        private final List<DatabaseEngine> engines = new ArrayList<>();
        private @Nullable DumpSource source;
        private @Nullable DumpStore store;
        private @Nullable FileRunScheduler runs;
        private @Nullable RestoreCheck restoreCheck;
        private @Nullable DatabaseTokens tokens;
        private @Nullable ExecutorService workers;
        private DumpEvents events = DumpEvents.NONE;
        private InstantSource clock = Clock.systemUTC();
        private SchedulerLog log = entry -> {};
        private Function<PendingRun, DumpProgress> progress = run -> DumpProgress.SILENT;
        private int maxConcurrentDumps = 2;
        private Duration rescanInterval = Duration.ofMinutes(1);

        private Builder() {}

        /** Required. */
        public Builder secrets(Secrets place) {
            secrets = place;
            return this;
        }

        /** Adds an engine; at least one, or a {@link #dumpSource}. */
        public Builder engine(DatabaseEngine engine) {
            engines.add(engine);
            return this;
        }

        /** Dumps databases, instead of the engines. */
        public Builder dumpSource(DumpSource port) {
            source = port;
            return this;
        }

        /** Required. */
        public Builder dumpStore(DumpStore port) {
            store = port;
            return this;
        }

        /** Required. */
        public Builder runs(FileRunScheduler scheduler) {
            runs = scheduler;
            return this;
        }

        /** Without one, secrets with {@code autodump:verify} = {@code restore} are refused. */
        public Builder restoreCheck(RestoreCheck port) {
            restoreCheck = port;
            return this;
        }

        /** Without one, secrets with {@code autodump:auth} = {@code iam} are refused. */
        public Builder databaseTokens(DatabaseTokens port) {
            tokens = port;
            return this;
        }

        /** Who is told of every outcome; nobody by default. */
        public Builder events(DumpEvents port) {
            events = port;
            return this;
        }

        /** The system's by default. Waits are in real time, at most 30 seconds each. */
        public Builder clock(InstantSource instants) {
            clock = instants;
            return this;
        }

        /** Nowhere by default. */
        public Builder log(SchedulerLog target) {
            log = target;
            return this;
        }

        /** Who is told how a run's dump gets on; nobody by default. */
        public Builder progress(Function<PendingRun, DumpProgress> listener) {
            progress = listener;
            return this;
        }

        /** 1 to 64; 2 by default. Never two of one secret at a time. */
        public Builder maxConcurrentDumps(int dumps) {
            if (dumps < 1 || dumps > MOST_DUMPS) {
                throw new IllegalArgumentException("1 to " + MOST_DUMPS + " dumps at a time, not " + dumps);
            }
            maxConcurrentDumps = dumps;
            return this;
        }

        /** How often the secrets are read again when no change was noticed; longer than nothing, 1 minute by default. */
        public Builder rescanInterval(Duration interval) {
            if (interval.isNegative() || interval.isZero()) {
                throw new IllegalArgumentException("an interval is longer than nothing: " + interval);
            }
            rescanInterval = interval;
            return this;
        }

        /** For tests that want dumps to be made by the thread that ticks. */
        Builder workers(ExecutorService executor) {
            workers = executor;
            return this;
        }

        private DumpSource source() {
            boolean byEngine = source == null && !engines.isEmpty();
            return byEngine ? Engines.of(engines).source() : required(source, "engine");
        }

        public SchedulerDaemon build() {
            return new SchedulerDaemon(this, required(secrets, "secrets"), source(), required(store, "dumpStore"));
        }
    }
}
