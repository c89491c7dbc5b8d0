package io.autodump.core;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpOutcome;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.RestoreReport;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.port.ArchiveInspector;
import io.autodump.core.port.DatabaseTokens;
import io.autodump.core.port.DumpEvents;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpRestorer;
import io.autodump.core.port.DumpSource;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.RestoreCheck;
import io.autodump.core.port.RunScheduler;
import io.autodump.core.port.SecretCatalog;
import io.autodump.core.port.SecretValues;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.usecase.dump.ReadConnection;
import io.autodump.core.usecase.dump.RunDump;
import io.autodump.core.usecase.restore.RestoreDump;
import io.autodump.core.usecase.restore.VerifyDump;
import io.autodump.core.usecase.restore.VerifyReport;
import io.autodump.core.usecase.schedule.DecideRun;
import io.autodump.core.usecase.schedule.RescheduleDump;
import io.autodump.core.usecase.schedule.RunDecision;
import io.autodump.core.usecase.schedule.ScanResult;
import io.autodump.core.usecase.schedule.ScanSecrets;
import io.autodump.core.usecase.schedule.SecretOutcome;
import io.autodump.core.usecase.status.DumpListing;
import io.autodump.core.usecase.status.ListDumps;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * All that AutoDump does, over the adapters that it is built with. Give it the ports that your process has: a process
 * that only lists and restores needs no scheduler. A deed whose port is missing throws {@link IllegalStateException}
 * naming the builder's method. Thread-safe if its adapters are.
 *
 * <pre>{@code
 * AutoDump autoDump = AutoDump.builder()
 *         .secretCatalog(catalog)
 *         .secretValues(values)
 *         .dumpSource(source)
 *         .dumpStore(store)
 *         .clock(Clock.systemUTC())
 *         .build();
 * DumpOutcome outcome = autoDump.dump(SecretId.of("orders"), Instant.now(), DumpProgress.SILENT);
 * }</pre>
 */
public final class AutoDump {
    private final Builder ports;

    private AutoDump(Builder ports) {
        this.ports = ports;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** See {@link ScanSecrets}. Needs a catalogue, a scheduler and a clock. */
    public ScanResult scan() {
        return new ScanSecrets(catalog(), scheduler(), clock(), ports.executor).scan();
    }

    /**
     * Decides what happens to a due run: make it, drop it, or report it as missed. See {@link DecideRun}. Needs a
     * catalog.
     *
     * @throws AutoDumpException {@code CATALOG_FAILED} if the secret can't be read; ask again later
     */
    public RunDecision decide(ScheduledRun run, Instant now) {
        return new DecideRun(catalog()).decide(run, now);
    }

    /** See {@link RescheduleDump}. Needs a catalogue, a scheduler and a clock. */
    public SecretOutcome reschedule(SecretId id) {
        return new RescheduleDump(catalog(), scheduler(), clock()).reschedule(id);
    }

    /** The same for a secret that was read just now. Needs a catalog, a scheduler and a clock. */
    public SecretOutcome reschedule(TaggedSecret secret) {
        return new RescheduleDump(catalog(), scheduler(), clock()).reschedule(secret);
    }

    /** See {@link RunDump}. Needs a catalogue, secret values, a source, a store and a clock. */
    public DumpOutcome dump(SecretId id, Instant scheduledAt, DumpProgress progress) {
        return new RunDump(
                        catalog(),
                        readConnection(),
                        required(ports.source, "dumpSource"),
                        store(),
                        Optional.ofNullable(ports.restoreCheck),
                        ports.events,
                        clock())
                .run(id, scheduledAt, progress);
    }

    /** See {@link ListDumps}. Needs a store. */
    public DumpListing list(Optional<String> secretName) {
        return new ListDumps(store()).list(secretName);
    }

    /** See {@link VerifyDump}. Needs a store and an archive inspector. */
    public VerifyReport verify(DumpKey key, DumpProgress progress) {
        return verifyDump().verify(key, progress);
    }

    /** See {@link RestoreDump}. Needs a store, an archive inspector and a restorer. */
    public RestoreReport restore(DumpKey key, DatabaseSecret target, RestoreOptions options, DumpProgress progress) {
        return new RestoreDump(store(), verifyDump(), required(ports.restorer, "dumpRestorer"))
                .restore(key, target, options, progress);
    }

    /**
     * The connection that a secret stands for, for a restore into it; see {@link ReadConnection}. Needs a catalogue and
     * secret values.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code SECRET_NOT_FOUND}, {@code INVALID_SECRET_VALUE}
     */
    public DatabaseSecret connection(SecretId id) {
        TaggedSecret secret = catalog()
                .find(id)
                .orElseThrow(() -> new AutoDumpException(
                        ErrorCode.SECRET_NOT_FOUND,
                        "there is no secret \"" + id + "\"; nothing was changed",
                        Hints.LIST_SECRETS));
        return readConnection().read(secret);
    }

    private ReadConnection readConnection() {
        return new ReadConnection(required(ports.values, "secretValues"), Optional.ofNullable(ports.tokens));
    }

    private VerifyDump verifyDump() {
        return new VerifyDump(store(), required(ports.inspector, "archiveInspector"));
    }

    private SecretCatalog catalog() {
        return required(ports.catalog, "secretCatalog");
    }

    private RunScheduler scheduler() {
        return required(ports.scheduler, "runScheduler");
    }

    private DumpStore store() {
        return required(ports.store, "dumpStore");
    }

    private InstantSource clock() {
        return required(ports.clock, "clock");
    }

    private static <T> T required(@Nullable T port, String name) {
        if (port == null) {
            throw new IllegalStateException("AutoDump.builder()." + name + "(…) is needed for this");
        }
        return port;
    }

    /** Takes the adapters. Not thread-safe; built once. */
    public static final class Builder {
        private @Nullable SecretCatalog catalog;
        private @Nullable SecretValues values;
        private @Nullable DatabaseTokens tokens;
        private @Nullable RunScheduler scheduler;
        private @Nullable DumpSource source;
        private @Nullable DumpStore store;
        private @Nullable ArchiveInspector inspector;
        private @Nullable DumpRestorer restorer;
        private @Nullable RestoreCheck restoreCheck;
        private DumpEvents events = DumpEvents.NONE;
        private @Nullable InstantSource clock;
        private Executor executor = Runnable::run;

        private Builder() {}

        public Builder secretCatalog(SecretCatalog port) {
            catalog = port;
            return this;
        }

        public Builder secretValues(SecretValues port) {
            values = port;
            return this;
        }

        /** Without one, secrets with {@code autodump:auth} = {@code iam} are refused. */
        public Builder databaseTokens(DatabaseTokens port) {
            tokens = port;
            return this;
        }

        public Builder runScheduler(RunScheduler port) {
            scheduler = port;
            return this;
        }

        public Builder dumpSource(DumpSource port) {
            source = port;
            return this;
        }

        public Builder dumpStore(DumpStore port) {
            store = port;
            return this;
        }

        public Builder archiveInspector(ArchiveInspector port) {
            inspector = port;
            return this;
        }

        public Builder dumpRestorer(DumpRestorer port) {
            restorer = port;
            return this;
        }

        /** Without one, secrets with {@code autodump:verify} = {@code restore} are refused. */
        public Builder restoreCheck(RestoreCheck port) {
            restoreCheck = port;
            return this;
        }

        /** Who is told of every outcome; nobody by default. */
        public Builder dumpEvents(DumpEvents port) {
            events = port;
            return this;
        }

        /**
         * What time it is; {@link java.time.Clock#systemUTC()} outside of tests. Needed to scan, reschedule and dump.
         */
        public Builder clock(InstantSource source) {
            clock = source;
            return this;
        }

        /** What a scan works on its secrets with; the calling thread by default. */
        public Builder scanExecutor(Executor scanExecutor) {
            executor = scanExecutor;
            return this;
        }

        public AutoDump build() {
            return new AutoDump(copy());
        }

        /** So that a builder that is used again changes nothing that was built. */
        private Builder copy() {
            Builder copy = new Builder();
            copy.catalog = catalog;
            copy.values = values;
            copy.tokens = tokens;
            copy.scheduler = scheduler;
            copy.source = source;
            copy.store = store;
            copy.inspector = inspector;
            copy.restorer = restorer;
            copy.restoreCheck = restoreCheck;
            copy.events = events;
            copy.clock = clock;
            copy.executor = executor;
            return copy;
        }
    }
}
