package io.autodump.local.scheduler;

import io.autodump.core.AutoDump;
import io.autodump.core.AutoDumpBuilder;
import io.autodump.core.engine.StoppableDumpSource;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCategory;
import io.autodump.core.port.DumpSource;
import io.autodump.local.run.FileRunScheduler;
import io.autodump.local.secret.SecretsBackend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Makes dumps on schedule on one machine. The command {@code autodump run} is this class with a log on the terminal.
 *
 * <p>It scans the secrets every minute, and whenever a secret file changes. It waits for the earliest run. When a run
 * is due, it checks that the secret's tags are unchanged, schedules the secret's next run, and makes the dump.
 *
 * <pre>{@code
 * LocalScheduler scheduler = LocalScheduler.builder()
 *         .secrets(new FolderSecrets(Path.of("secrets")))
 *         .engine(PostgresEngine.create())
 *         .dumpStore(new DirectoryDumpStore(Path.of("dumps")))
 *         .stateFolder(Path.of(".autodump"))
 *         .build();
 * Runtime.getRuntime().addShutdownHook(new Thread(scheduler::stop));
 * scheduler.run();
 * }</pre>
 *
 * <ul>
 *   <li>Runs are files in the state folder. A process that dies at any point loses no run and makes none twice: a run
 *       waits until its end is recorded, and a finished dump isn't made again.
 *   <li>A run that is late by less than the secret's catch-up window is made. A later one is reported as missed, in the
 *       log and as an event. Of several due runs of one secret only the newest is made.
 *   <li>A failed dump is tried again after 5 minutes and after another 15 minutes, within the catch-up window, unless
 *       only the owner of the secret can fix the cause. Each failed attempt is published as an event.
 *   <li>With {@code copyTo}, dumps are copied to other stores, one at a time. No dump waits for a copy.
 *   <li>With {@code drills}, restore drills are made at the times of {@code autodump:drill}, one at a time.
 *   <li>{@link #stop} closes running dumps. Their runs wait and are made after the next start.
 * </ul>
 *
 * <p>An instance works once: call {@link #run} or {@link #runOnce}, once. Only one scheduler at a time can use a state
 * folder. {@link #stop} may be called from any thread; the other methods aren't thread-safe.
 */
public final class LocalScheduler {
    private static final Duration STOP_WITHIN = Duration.ofSeconds(30);

    private final SecretsBackend secrets;
    private final Path stateFolder;
    private final StoppableDumpSource source;
    private final Alarm alarm = new Alarm();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ExitStatus exitStatus = new ExitStatus();
    private final DumpWorkers workers;
    private final Journal journal;
    private final DumpWorkers drillWorker;
    private final RunningDumps jobs;
    private final ScheduledDrills drills;
    private final DumpWorkers copyWorker;
    private final ScheduledCopies copies;
    private final Rounds rounds;
    private volatile boolean stopping;
    private volatile boolean draining;
    private volatile boolean working;

    LocalScheduler(Parts parts, LocalSchedulerBuilder settings) {
        this.secrets = parts.secrets();
        this.stateFolder = parts.runs().stateFolder();
        this.source = parts.source();
        this.workers = settings.workers();
        this.journal = new Journal(settings.log(), settings.clock());
        AutoDump autoDump = parts.autoDump();
        this.copyWorker = settings.otherWorker(workers);
        this.copies = new ScheduledCopies(autoDump, journal, copyWorker, alarm::ring);
        this.jobs = new RunningDumps(
                autoDump,
                copies,
                parts.runs(),
                settings.clock(),
                journal,
                exitStatus,
                workers,
                settings.progress(),
                alarm::ring);
        this.drillWorker = settings.otherWorker(workers);
        this.drills = new ScheduledDrills(parts, settings.drills(), journal, exitStatus, drillWorker, alarm::ring);
        this.rounds = new Rounds(
                new Scans(autoDump, secrets, journal, exitStatus),
                new DueRuns(autoDump, parts.runs(), jobs, settings.events(), journal, exitStatus),
                drills,
                copies,
                parts.runs(),
                settings.clock(),
                settings.rescanInterval(),
                journal,
                exitStatus);
    }

    /** A builder; its page lists what a scheduler needs, and the defaults. */
    public static LocalSchedulerBuilder builder() {
        return new LocalSchedulerBuilder();
    }

    /**
     * Makes dumps on schedule until {@link #stop} is called.
     *
     * @return 0; the exit status of {@link ErrorCategory#OPERATOR} if the calling thread was interrupted
     * @throws AutoDumpException {@code ALREADY_RUNNING} if another scheduler uses the state folder; {@code
     *     SCHEDULER_FAILED} if the state folder can't be written to
     */
    public int run() {
        return alone(this::loop);
    }

    private int loop() throws InterruptedException {
        Optional<FolderWatch> watch = secrets.watchedFolder()
                .map(folder -> new FolderWatch(folder, () -> {
                    rounds.scanNext();
                    alarm.ring();
                }));
        try {
            journal.info("", "daemon", "scheduling the secrets in " + secrets.place());
            while (!stopping && !draining) {
                alarm.await(rounds.lookOrReport());
                jobs.rethrowFatal();
            }
            while (!stopping && !jobs.isIdle()) {
                alarm.await(Rounds.LONGEST_WAIT);
                jobs.rethrowFatal();
            }
            return 0;
        } finally {
            watch.ifPresent(FolderWatch::close);
        }
    }

    /**
     * Scans, makes every run that is due, waits until these dumps end, and returns. Failed dumps aren't tried again.
     *
     * @return 0 if everything succeeded, else the exit status of the worst {@link ErrorCategory} that occurred
     * @throws AutoDumpException {@code ALREADY_RUNNING} if another scheduler uses the state folder; {@code
     *     SCHEDULER_FAILED} if the state folder can't be written to
     */
    public int runOnce() {
        jobs.giveUpAtOnce();
        return alone(this::once);
    }

    private int once() throws InterruptedException {
        do {
            rounds.lookOrReport();
            while (!isIdle() && !stopping) {
                alarm.await(Rounds.LONGEST_WAIT);
            }
            jobs.rethrowFatal();
        } while (!stopping && tookMore());
        return exitStatus.get();
    }

    /** A secret has one dump at a time, so its next run may be due by now. */
    private boolean tookMore() {
        rounds.lookOrReport();
        return !isIdle();
    }

    private boolean isIdle() {
        return jobs.isIdle() && drills.isIdle() && copies.isIdle();
    }

    /** Work that needs the state folder for itself. */
    private interface Work {
        int perform() throws InterruptedException;
    }

    private int alone(Work work) {
        StateLock lock = StateLock.acquire(stateFolder);
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

    private void end() {
        try {
            jobs.stop();
            drills.stop();
            copies.stop();
            source.stop();
            if (drillWorker != workers) {
                drillWorker.interrupt();
                copyWorker.interrupt();
            }
            workers.end(STOP_WITHIN);
            drillWorker.end(STOP_WITHIN);
            copyWorker.end(STOP_WITHIN);
        } finally {
            journal.info("", "daemon", "stopped");
            ended.countDown();
        }
    }

    /**
     * Stops the scheduler: takes no new run, closes running dumps, and returns when they have ended, or after 30
     * seconds. Their runs wait for the next start. May be called from any thread, also before {@link #run} and more
     * than once.
     */
    public void stop() {
        stopping = true;
        jobs.stop();
        drills.stop();
        copies.stop();
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

    /**
     * Ends {@link #run} as soon as the running dumps have ended; takes no new run meanwhile. Another scheduler, with
     * other settings, can then use the state folder. Returns at once. May be called from any thread.
     */
    public void drain() {
        draining = true;
        alarm.ring();
    }

    /** For tests: reads the clock and the files again now. */
    void wake() {
        alarm.ring();
    }

    /** For tests: one round on the calling thread. */
    Duration tick() {
        return rounds.look();
    }

    /**
     * The required settings of a scheduler, and what is made of them.
     *
     * @param seen the secrets, as the last scan found them
     * @param source the source of the dumps, which can be stopped
     */
    record Parts(
            SecretsBackend secrets,
            SeenSecrets seen,
            FileRunScheduler runs,
            StoppableDumpSource source,
            AutoDump autoDump) {
        private static final String STOPPED = "the scheduler was asked to stop; nothing was published";
        private static final String START_AGAIN =
                "start it again; it then makes the run, if its catch-up window allows it";

        /** Adds the required settings to the others. */
        static Parts of(SecretsBackend secrets, FileRunScheduler runs, DumpSource source, AutoDumpBuilder others) {
            StoppableDumpSource stoppable = new StoppableDumpSource(source, STOPPED, START_AGAIN);
            SeenSecrets seen = new SeenSecrets(secrets);
            AutoDump autoDump = others.secretCatalog(seen)
                    .secretValues(secrets)
                    .runScheduler(runs)
                    .dumpSource(stoppable)
                    .build();
            return new Parts(secrets, seen, runs, stoppable, autoDump);
        }
    }
}
