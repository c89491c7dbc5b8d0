package io.autodump.local.scheduler;

import io.autodump.core.AutoDump;
import io.autodump.core.AutoDumpBuilder;
import io.autodump.core.copy.CopyTarget;
import io.autodump.core.drill.DrillOptions;
import io.autodump.core.encryption.DumpEncryption;
import io.autodump.core.encryption.Recipient;
import io.autodump.core.engine.Engines;
import io.autodump.core.plan.Deployment;
import io.autodump.core.port.DatabaseEngine;
import io.autodump.core.port.DatabaseTokens;
import io.autodump.core.port.DumpEvents;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpSource;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.RestoreCheck;
import io.autodump.core.record.RunPlace;
import io.autodump.local.run.FileRunScheduler;
import io.autodump.local.run.PendingRun;
import io.autodump.local.secret.SecretsBackend;
import io.autodump.local.store.DirectoryDumpStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link LocalScheduler}.
 *
 * <table>
 *   <caption>Settings</caption>
 *   <tr><th>setting</th><th>default</th></tr>
 *   <tr><td>{@link #secrets secrets}</td><td>required</td></tr>
 *   <tr><td>{@link #engine engine} or {@link #dumpSource dumpSource}</td><td>required</td></tr>
 *   <tr><td>{@link #dumpStore dumpStore}</td><td>required</td></tr>
 *   <tr><td>{@link #stateFolder stateFolder} or {@link #runs runs}</td><td>required</td></tr>
 *   <tr><td>{@link #copyTo copyTo}</td><td>not copied</td></tr>
 *   <tr><td>{@link #restoreCheck restoreCheck}</td><td>none</td></tr>
 *   <tr><td>{@link #drills drills}</td><td>none</td></tr>
 *   <tr><td>{@link #databaseTokens databaseTokens}</td><td>none</td></tr>
 *   <tr><td>{@link #events events}</td><td>not published</td></tr>
 *   <tr><td>{@link #place place}</td><td>unknown</td></tr>
 *   <tr><td>{@link #deployment deployment}</td><td>without a name</td></tr>
 *   <tr><td>{@link #log log}</td><td>not written</td></tr>
 *   <tr><td>{@link #progress progress}</td><td>not reported</td></tr>
 *   <tr><td>{@link #clock clock}</td><td>{@link Clock#systemUTC()}</td></tr>
 *   <tr><td>{@link #maxConcurrentDumps maxConcurrentDumps}</td><td>2</td></tr>
 *   <tr><td>{@link #rescanInterval rescanInterval}</td><td>1 minute</td></tr>
 * </table>
 * <p>No argument may be null. Not thread-safe; build one scheduler with it.
 */
public final class LocalSchedulerBuilder {
    private static final int MOST_DUMPS = 64;

    private @Nullable SecretsBackend secrets;

    private final List<DatabaseEngine> engines = new ArrayList<>();
    private final List<Consumer<AutoDumpBuilder>> optional = new ArrayList<>();
    private @Nullable DumpSource source;
    private @Nullable DumpStore store;
    private @Nullable FileRunScheduler runs;
    private @Nullable Path stateFolder;
    private @Nullable ExecutorService workers;
    private Optional<Function<String, DrillOptions>> drills = Optional.empty();
    private DumpEvents events = DumpEvents.NONE;
    private InstantSource clock = Clock.systemUTC();
    private SchedulerLog log = entry -> {};
    private Function<PendingRun, DumpProgress> progress = run -> DumpProgress.SILENT;
    private int maxConcurrentDumps = 2;
    private Duration rescanInterval = Duration.ofMinutes(1);

    LocalSchedulerBuilder() {}

    /** The secrets of the databases to dump. Required. */
    public LocalSchedulerBuilder secrets(SecretsBackend backend) {
        secrets = backend;
        return this;
    }

    /** Adds the engine of a kind of database. Required, unless {@link #dumpSource} is called. */
    public LocalSchedulerBuilder engine(DatabaseEngine engine) {
        engines.add(engine);
        return this;
    }

    /** Makes the dumps, in place of the engines. */
    public LocalSchedulerBuilder dumpSource(DumpSource port) {
        source = port;
        return this;
    }

    /** Holds the dumps. Required. */
    public LocalSchedulerBuilder dumpStore(DumpStore port) {
        store = port;
        return this;
    }

    /** Adds a store to which dumps are copied, after each dump, at the start and once an hour. It is pruned too. */
    public LocalSchedulerBuilder copyTo(CopyTarget target) {
        optional.add(autoDump -> autoDump.copyTo(target));
        return this;
    }

    /**
     * The folder that holds the runs; it is created when the first run is. Required, unless {@link #runs} is called.
     */
    public LocalSchedulerBuilder stateFolder(Path folder) {
        stateFolder = folder;
        return this;
    }

    /** The runs themselves, in place of {@link #stateFolder}. Give it the same clock as this builder. */
    public LocalSchedulerBuilder runs(FileRunScheduler scheduler) {
        runs = scheduler;
        return this;
    }

    /**
     * Encrypts dumps, and decrypts them to prove them. Without it, dumps that must be encrypted fail (AD-2009).
     *
     * @param recipients of every dump whose tags name none; may be empty
     */
    public LocalSchedulerBuilder encryption(DumpEncryption port, List<Recipient> recipients) {
        optional.add(autoDump -> autoDump.encryption(port).encryptTo(recipients));
        return this;
    }

    /** Restores dumps to prove them. Without one, dumps with {@code autodump:verify=restore} fail (AD-2004). */
    public LocalSchedulerBuilder restoreCheck(RestoreCheck port) {
        optional.add(autoDump -> autoDump.restoreCheck(port));
        return this;
    }

    /**
     * Makes restore drills when {@code autodump:drill} says so. Without it, the tag has no effect. Needs an engine.
     *
     * @param options how a drill is made, by the name of the secret; called by another thread
     */
    public LocalSchedulerBuilder drills(Function<String, DrillOptions> options) {
        drills = Optional.of(options);
        return this;
    }

    /** Makes IAM tokens. Without one, dumps with {@code autodump:auth=iam} fail (AD-2006). */
    public LocalSchedulerBuilder databaseTokens(DatabaseTokens port) {
        optional.add(autoDump -> autoDump.databaseTokens(port));
        return this;
    }

    /** Receives the outcome of every attempt, and every missed run. Called from several threads. */
    public LocalSchedulerBuilder events(DumpEvents port) {
        events = port;
        return this;
    }

    /** Where this scheduler runs, for the records of runs that fail. */
    public LocalSchedulerBuilder place(RunPlace runPlace) {
        optional.add(autoDump -> autoDump.runPlace(runPlace));
        return this;
    }

    /**
     * The current time, for schedules and records. The scheduler itself waits in real time, at most 30 seconds at once.
     */
    public LocalSchedulerBuilder clock(InstantSource instants) {
        clock = instants;
        return this;
    }

    /** Receives the log. Called from several threads. */
    public LocalSchedulerBuilder log(SchedulerLog target) {
        log = target;
        return this;
    }

    /** Makes the progress listener of each dump. Called from several threads. */
    public LocalSchedulerBuilder progress(Function<PendingRun, DumpProgress> listener) {
        progress = listener;
        return this;
    }

    /**
     * How many dumps run at the same time. A secret never has more than one.
     *
     * @param dumps 1 to 64
     * @throws IllegalArgumentException for any other number
     */
    public LocalSchedulerBuilder maxConcurrentDumps(int dumps) {
        if (dumps < 1 || dumps > MOST_DUMPS) {
            throw new IllegalArgumentException("maxConcurrentDumps must be 1 to " + MOST_DUMPS + ", not " + dumps);
        }
        maxConcurrentDumps = dumps;
        return this;
    }

    /**
     * How often the secrets are scanned if no change is noticed before.
     *
     * @param interval longer than zero
     * @throws IllegalArgumentException for zero and negative durations
     */
    public LocalSchedulerBuilder rescanInterval(Duration interval) {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("rescanInterval must be longer than zero, not " + interval);
        }
        rescanInterval = interval;
        return this;
    }

    /** For tests that make dumps on the thread that ticks. */
    LocalSchedulerBuilder workers(ExecutorService executor) {
        workers = executor;
        return this;
    }

    /**
     * Builds the scheduler. Nothing runs until {@link LocalScheduler#run} or {@link LocalScheduler#runOnce} is called.
     *
     * @throws IllegalStateException if required settings are missing; it names all of them
     */
    public LocalScheduler build() {
        return new LocalScheduler(parts(), this);
    }

    /** Whose databases are dumped, if several deployments see the same secrets. Default: the one without a name. */
    public LocalSchedulerBuilder deployment(Deployment own) {
        optional.add(autoDump -> autoDump.deployment(own));
        return this;
    }

    private LocalScheduler.Parts parts() {
        List<String> missing = new ArrayList<>();
        FileRunScheduler runFiles =
                runs == null && stateFolder != null ? new FileRunScheduler(stateFolder, clock) : runs;
        note(missing, secrets, "secrets");
        DumpSource dumps =
                source == null && !engines.isEmpty() ? Engines.of(engines).source() : source;
        note(missing, dumps, "engine");
        note(missing, store, "dumpStore");
        note(missing, runFiles, "stateFolder");
        if (secrets == null || dumps == null || store == null || runFiles == null) {
            throw new IllegalStateException("LocalScheduler.builder() also needs: " + String.join(", ", missing));
        }
        AutoDumpBuilder autoDump = AutoDump.builder()
                .dumpStore(store)
                .dumpEvents(events)
                .delayedRecords(DirectoryDumpStore.delayedRecords(runFiles.stateFolder()))
                .clock(clock);
        engines.forEach(autoDump::engine);
        optional.forEach(setting -> setting.accept(autoDump));
        return LocalScheduler.Parts.of(secrets, runFiles, dumps, autoDump);
    }

    private static void note(List<String> missing, @Nullable Object setting, String name) {
        if (setting == null) {
            missing.add(name);
        }
    }

    DumpEvents events() {
        return events;
    }

    InstantSource clock() {
        return clock;
    }

    SchedulerLog log() {
        return log;
    }

    Function<PendingRun, DumpProgress> progress() {
        return progress;
    }

    Duration rescanInterval() {
        return rescanInterval;
    }

    DumpWorkers workers() {
        return workers == null ? DumpWorkers.of(maxConcurrentDumps) : new DumpWorkers(workers);
    }

    /** One drill or copy at a time, which takes no worker from the dumps; in tests, the workers of the dumps. */
    DumpWorkers otherWorker(DumpWorkers ofDumps) {
        return workers == null ? DumpWorkers.of(1) : ofDumps;
    }

    Optional<Function<String, DrillOptions>> drills() {
        return drills;
    }
}
