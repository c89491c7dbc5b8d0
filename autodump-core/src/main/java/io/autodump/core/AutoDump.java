package io.autodump.core;

import com.google.common.collect.MutableClassToInstanceMap;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpOutcome;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.RestoreReport;
import io.autodump.core.engine.Engines;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Finding;
import io.autodump.core.error.Hints;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.plan.TagsHash;
import io.autodump.core.port.ArchiveInspector;
import io.autodump.core.port.DatabaseEngine;
import io.autodump.core.port.DatabaseTokens;
import io.autodump.core.port.DumpEvents;
import io.autodump.core.port.DumpIndex;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpRestorer;
import io.autodump.core.port.DumpSource;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpStores;
import io.autodump.core.port.RestoreCheck;
import io.autodump.core.port.RunScheduler;
import io.autodump.core.port.SecretCatalog;
import io.autodump.core.port.SecretValues;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.usecase.Ports;
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
import io.autodump.core.usecase.status.FindOverdueDumps;
import io.autodump.core.usecase.status.FreshnessReport;
import io.autodump.core.usecase.status.ListDumps;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Everything that AutoDump does, through the adapters that it is built with. Five lines dump a database:
 *
 * <pre>{@code
 * AutoDump autoDump = AutoDump.builder()
 *         .engine(PostgresEngine.create())
 *         .dumpStore(new DirectoryDumpStore(Path.of("dumps")))
 *         .build();
 * DumpOutcome outcome = autoDump.dump("orders", DatabaseSecret.builder()
 *         .host("db.example.com").database("shop").username("backup").password(Password.of(password)).build());
 * }</pre>
 *
 * <p>Give it the ports that your process needs: a process that lists dumps needs a store and nothing else. An operation
 * whose port is missing throws {@link IllegalStateException} with the builder's method, before it does anything.
 * Failures are {@link AutoDumpException}s; the documentation of each operation names their codes. Thread-safe if the
 * adapters are.
 */
public final class AutoDump {
    private final Ports ports;

    private AutoDump(Ports ports) {
        this.ports = ports;
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * Schedules the next run of every tagged secret, and the newest missed run that is still in its catch-up window.
     * Never throws for a secret or a listing that fails: the result names both. Needs {@code secretCatalog} and
     * {@code runScheduler}.
     */
    public ScanResult scan() {
        return ScanSecrets.of(ports).scan();
    }

    /**
     * As {@link #scan()}, and begins no work at or after {@code deadline}; secrets that weren't reached are in
     * the result.
     */
    public ScanResult scan(Instant deadline) {
        return ScanSecrets.of(ports).scan(deadline);
    }

    /**
     * Decides what happens to a due run: make it, drop it, or report it as missed. Reads the secret once. Needs
     * {@code secretCatalog}.
     *
     * @throws AutoDumpException {@code CATALOG_FAILED} if the secret can't be read; ask again later
     */
    public RunDecision decide(ScheduledRun run, Instant now) {
        return DecideRun.of(ports).decide(run, now);
    }

    /**
     * As {@link #decide(ScheduledRun, Instant)}, for a run whose instant the caller doesn't know: it is never missed.
     *
     * @param hash the hash that the run carries
     */
    public RunDecision decide(SecretId id, TagsHash hash) {
        return DecideRun.of(ports).decide(id, hash);
    }

    /**
     * Schedules the next run of one secret. Needs {@code secretCatalog} and {@code runScheduler}.
     *
     * @throws AutoDumpException {@code CATALOG_FAILED}
     */
    public SecretOutcome reschedule(SecretId id) {
        return RescheduleDump.of(ports).reschedule(id);
    }

    /** As {@link #reschedule(SecretId)}, for a secret that was read just now. */
    public SecretOutcome reschedule(TaggedSecret secret) {
        return RescheduleDump.of(ports).reschedule(secret);
    }

    /** As {@link #dump(SecretId, Instant, DumpProgress)}, for now and without progress. */
    public DumpOutcome dump(SecretId id) {
        return dump(id, ports.clock().instant(), DumpProgress.SILENT);
    }

    /**
     * Dumps the database of a secret as its tags say. If an earlier attempt at the same run has finished, that dump is
     * returned and nothing is dumped. Needs {@code secretCatalog}, {@code secretValues}, an engine and a store.
     *
     * @param scheduledAt names the dump; fractions of a second are cut off
     * @throws AutoDumpException what prevented the dump; nothing was published
     * @throws io.autodump.core.error.OutcomeUnknownException if the store's answer to the publication was lost
     */
    public DumpOutcome dump(SecretId id, Instant scheduledAt, DumpProgress progress) {
        return RunDump.of(ports).run(id, scheduledAt, progress);
    }

    /** As {@link #dump(String, DatabaseSecret, DumpSettings)}, with {@link DumpSettings#defaults()}. */
    public DumpOutcome dump(String name, DatabaseSecret database) {
        return dump(name, database, DumpSettings.defaults());
    }

    /** As {@link #dump(String, DatabaseSecret, DumpSettings, Instant, DumpProgress)}, for now and without progress. */
    public DumpOutcome dump(String name, DatabaseSecret database, DumpSettings settings) {
        return dump(name, database, settings, ports.clock().instant(), DumpProgress.SILENT);
    }

    /**
     * Dumps a database whose connection is at hand. Needs an engine and a store, and no secrets.
     *
     * @param name what the dump is listed under, as the name of a secret is; not blank
     * @param scheduledAt names the dump; fractions of a second are cut off
     * @throws AutoDumpException what prevented the dump; nothing was published
     * @throws io.autodump.core.error.OutcomeUnknownException if the store's answer to the publication was lost
     */
    public DumpOutcome dump(
            String name, DatabaseSecret database, DumpSettings settings, Instant scheduledAt, DumpProgress progress) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a dump needs a name that isn't blank");
        }
        return RunDump.of(ports).run(name, database, settings, scheduledAt, progress);
    }

    /** Lists all finished dumps; see {@link #list(Optional)}. */
    public DumpListing list() {
        return list(Optional.empty());
    }

    /**
     * Lists finished dumps, oldest first. Needs {@code dumpStore}.
     *
     * @param secretName whose dumps; empty for all
     * @throws AutoDumpException {@code STORE_FAILED}
     */
    public DumpListing list(Optional<String> secretName) {
        return ListDumps.of(ports).list(secretName);
    }

    /** As {@link #verify(DumpKey, DumpProgress)}, without progress. */
    public VerifyReport verify(DumpKey key) {
        return verify(key, DumpProgress.SILENT);
    }

    /**
     * Reads a dump from end to end and compares it with its manifest. Needs {@code dumpStore} and an engine.
     *
     * @param progress receives the stored bytes that were read
     * @throws AutoDumpException {@code DUMP_NOT_FOUND}; {@code DUMP_CORRUPT} with the difference; {@code STORE_FAILED}
     */
    public VerifyReport verify(DumpKey key, DumpProgress progress) {
        return VerifyDump.of(ports).verify(key, progress);
    }

    /**
     * Restores a dump. Needs {@code dumpStore} and an engine.
     *
     * @throws AutoDumpException {@code DUMP_NOT_FOUND}, {@code DUMP_CORRUPT}, {@code TARGET_NOT_EMPTY}, {@code
     *     TARGET_MISSING} or a failure to connect before anything is changed; {@code RESTORE_FAILED} or {@code
     *     RESTORE_DIFFERS} afterwards
     */
    public RestoreReport restore(DumpKey key, DatabaseSecret target, RestoreOptions options, DumpProgress progress) {
        return RestoreDump.of(ports).restore(key, target, options, progress);
    }

    /**
     * Finds the databases that don't have the dump that they should have by now. Never throws for a listing or an index
     * that fails: the report names it. Needs {@code secretCatalog}, and {@code dumpStore} or {@code dumpIndex}.
     *
     * @param margin how long a run may take until its dump is overdue; not negative
     */
    public FreshnessReport freshness(Duration margin) {
        return FindOverdueDumps.of(ports, margin).find();
    }

    /**
     * The connection that a secret describes. Needs {@code secretCatalog} and {@code secretValues}.
     *
     * @throws AutoDumpException {@code SECRET_NOT_FOUND}, {@code INVALID_TAGS}, {@code INVALID_SECRET_VALUE}, {@code
     *     CATALOG_FAILED}, {@code TOKENS_MISSING}
     */
    public DatabaseSecret connection(SecretId id) {
        return connection(ports, id);
    }

    /**
     * The connection that a secret describes, whose value is read anew. Needs {@code secretValues}.
     *
     * @throws AutoDumpException {@code INVALID_TAGS}, {@code INVALID_SECRET_VALUE}, {@code SECRET_NOT_FOUND}, {@code
     *     CATALOG_FAILED}, {@code TOKENS_MISSING}
     */
    public DatabaseSecret connection(TaggedSecret secret) {
        return ReadConnection.of(ports).read(secret);
    }

    /**
     * Checks whether a database could be dumped now: connection, TLS, privileges, client programs. Changes nothing, and
     * reports failures as findings. Needs {@code engine}.
     *
     * @param name the subject of the findings
     */
    public List<Finding> check(String name, DatabaseSecret database, DumpSettings settings) {
        return ports.engines()
                .orElseThrow(() -> new IllegalStateException("this operation needs AutoDump.builder().engine(…)"))
                .checks()
                .database(name, database, settings);
    }

    private static DatabaseSecret connection(Ports ports, SecretId id) {
        TaggedSecret secret = ports.catalog()
                .find(id)
                .orElseThrow(() -> new AutoDumpException(
                        ErrorCode.SECRET_NOT_FOUND,
                        "there is no secret \"" + id + "\"; nothing was changed",
                        Hints.LIST_SECRETS));
        return ReadConnection.of(ports).read(secret);
    }

    /**
     * Takes the adapters; each is optional, and the last call of a method counts unless it says otherwise. Not
     * thread-safe. A builder may be used again: that doesn't change what it has built.
     */
    public static final class Builder {
        private final MutableClassToInstanceMap<Object> ports = MutableClassToInstanceMap.create();
        private final List<DatabaseEngine> engines = new ArrayList<>();
        private final List<DumpIndex> indexes = new ArrayList<>();
        private Optional<Function<Ports, DatabaseSecret>> scratchServer = Optional.empty();

        private Builder() {
            ports.putInstance(InstantSource.class, Clock.systemUTC());
        }

        /**
         * Adds an engine: it dumps, reads and restores the databases with its names. Call it once for each engine.
         * {@link #dumpSource}, {@link #archiveInspector} and {@link #dumpRestorer} override that part of all engines.
         */
        public Builder engine(DatabaseEngine engine) {
            engines.add(engine);
            return this;
        }

        /** The store of all dumps, to dump into and to list, verify and restore from. */
        public Builder dumpStore(DumpStore port) {
            ports.putInstance(DumpStore.class, port);
            return this;
        }

        /** Chooses the store of each dump by its database; overrides {@link #dumpStore} for dumping. */
        public Builder dumpStores(DumpStores port) {
            ports.putInstance(DumpStores.class, port);
            return this;
        }

        /**
         * Adds a place where finished dumps are looked for by {@link AutoDump#freshness}; by default the store alone.
         */
        public Builder dumpIndex(DumpIndex port) {
            indexes.add(port);
            return this;
        }

        /** Lists the secrets and their tags. Needed for all operations on a {@link SecretId}, and to scan. */
        public Builder secretCatalog(SecretCatalog port) {
            ports.putInstance(SecretCatalog.class, port);
            return this;
        }

        /** Reads the values of secrets. Needed to dump the database of a secret. */
        public Builder secretValues(SecretValues port) {
            ports.putInstance(SecretValues.class, port);
            return this;
        }

        /** Makes tokens for secrets with {@code autodump:auth=iam}; without it, such secrets are refused. */
        public Builder databaseTokens(DatabaseTokens port) {
            ports.putInstance(DatabaseTokens.class, port);
            return this;
        }

        /** Keeps the waiting runs. Needed to scan and to reschedule. */
        public Builder runScheduler(RunScheduler port) {
            ports.putInstance(RunScheduler.class, port);
            return this;
        }

        /** Dumps databases, instead of the engines. For a source that wraps another one. */
        public Builder dumpSource(DumpSource port) {
            ports.putInstance(DumpSource.class, port);
            return this;
        }

        /** Reads dumps, instead of the engines. */
        public Builder archiveInspector(ArchiveInspector port) {
            ports.putInstance(ArchiveInspector.class, port);
            return this;
        }

        /** Restores dumps, instead of the engines. */
        public Builder dumpRestorer(DumpRestorer port) {
            ports.putInstance(DumpRestorer.class, port);
            return this;
        }

        /**
         * Proves dumps, instead of the engines and a scratch server. Without either, secrets with {@code
         * autodump:verify=restore} are refused.
         */
        public Builder restoreCheck(RestoreCheck port) {
            ports.putInstance(RestoreCheck.class, port);
            return this;
        }

        /**
         * The server on which dumps are proven with {@code autodump:verify=restore}. It executes what dumps hold, so it
         * must hold nothing of value.
         *
         * @param server a connection to any database of that server; nothing in it is changed
         */
        public Builder scratchServer(DatabaseSecret server) {
            scratchServer = Optional.of(given -> server);
            return this;
        }

        /** As {@link #scratchServer(DatabaseSecret)}, by its secret, which is read only when a dump is to be proven. */
        public Builder scratchServer(SecretId secret) {
            scratchServer = Optional.of(given -> connection(given, secret));
            return this;
        }

        /** Receives the outcome of every dump; none by default. */
        public Builder dumpEvents(DumpEvents port) {
            ports.putInstance(DumpEvents.class, port);
            return this;
        }

        /** The clock; {@link Clock#systemUTC()} by default. */
        public Builder clock(InstantSource source) {
            ports.putInstance(InstantSource.class, source);
            return this;
        }

        /** Runs the work of a scan on the single secrets; the calling thread does by default. */
        public Builder scanExecutor(Executor executor) {
            ports.putInstance(Executor.class, executor);
            return this;
        }

        /**
         * Builds it. Nothing is connected to.
         *
         * @throws IllegalStateException if a port can't be used because another is missing, with all such ports
         * @throws IllegalArgumentException if two engines take the same name
         */
        public AutoDump build() {
            MutableClassToInstanceMap<Object> given = MutableClassToInstanceMap.create(ports);
            if (!engines.isEmpty()) {
                given.putInstance(Engines.class, Engines.of(engines));
            }
            PortNeeds.require(given.keySet(), !indexes.isEmpty(), scratchServer.isPresent());
            Ports withoutCheck = new Ports(given, indexes);
            scratchServer.ifPresent(server -> given.putInstance(
                    RestoreCheck.class,
                    withoutCheck.engines().orElseThrow().restoreCheck(() -> server.apply(withoutCheck))));
            return new AutoDump(new Ports(given, indexes));
        }
    }
}
