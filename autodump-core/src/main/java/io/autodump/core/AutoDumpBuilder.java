package io.autodump.core;

import com.google.common.collect.MutableClassToInstanceMap;
import io.autodump.core.copy.CopyTarget;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.encryption.DumpEncryption;
import io.autodump.core.encryption.Recipient;
import io.autodump.core.engine.Engines;
import io.autodump.core.plan.Deployment;
import io.autodump.core.port.ArchiveInspector;
import io.autodump.core.port.DatabaseEngine;
import io.autodump.core.port.DatabaseTokens;
import io.autodump.core.port.DumpEvents;
import io.autodump.core.port.DumpIndex;
import io.autodump.core.port.DumpRecords;
import io.autodump.core.port.DumpRestorer;
import io.autodump.core.port.DumpSource;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpStores;
import io.autodump.core.port.RestoreCheck;
import io.autodump.core.port.RunScheduler;
import io.autodump.core.port.SecretCatalog;
import io.autodump.core.port.SecretValues;
import io.autodump.core.record.RunPlace;
import io.autodump.core.retention.RetentionPolicy;
import io.autodump.core.secret.SecretId;
import io.autodump.core.usecase.DrillRuns;
import io.autodump.core.usecase.Ports;
import io.autodump.core.usecase.dump.ReadConnection;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Takes the adapters of an {@link AutoDump}; each is optional, and the last call of a method counts unless it says
 * otherwise. Not thread-safe. A builder may be used again: that doesn't change what it has built.
 */
public final class AutoDumpBuilder {
    private final MutableClassToInstanceMap<Object> ports = MutableClassToInstanceMap.create();
    private final List<DatabaseEngine> engines = new ArrayList<>();
    private final List<DumpIndex> indexes = new ArrayList<>();
    private final List<CopyTarget> copyTargets = new ArrayList<>();
    private Optional<Function<Ports, DatabaseSecret>> scratchServer = Optional.empty();

    AutoDumpBuilder() {
        ports.putInstance(InstantSource.class, Clock.systemUTC());
    }

    /**
     * Adds an engine: it dumps, reads and restores the databases with its names. Call it once for each engine.
     * {@link #dumpSource}, {@link #archiveInspector} and {@link #dumpRestorer} override that part of all engines.
     */
    public AutoDumpBuilder engine(DatabaseEngine engine) {
        engines.add(engine);
        return this;
    }

    /** The store of all dumps, to dump into and to list, verify and restore from. */
    public AutoDumpBuilder dumpStore(DumpStore port) {
        ports.putInstance(DumpStore.class, port);
        return this;
    }

    /**
     * Chooses the store of each dump by its database; overrides {@link #dumpStore} for dumping. To list, verify,
     * restore or delete dumps in a chosen store, use {@link AutoDump#withStoreOf(DatabaseSecret)}.
     */
    public AutoDumpBuilder dumpStores(DumpStores port) {
        ports.putInstance(DumpStores.class, port);
        return this;
    }

    /**
     * Adds a store to which {@link DumpCopies} copies the dumps of {@link #dumpStore}. A dump itself copies nothing.
     * Call it once for each store; the names differ.
     */
    public AutoDumpBuilder copyTo(CopyTarget target) {
        copyTargets.add(target);
        return this;
    }

    /** Which dumps {@link Monitoring#prune} keeps of every secret, in place of {@code autodump:retention}. */
    public AutoDumpBuilder retention(RetentionPolicy policy) {
        ports.putInstance(RetentionPolicy.class, policy);
        return this;
    }

    /**
     * Adds a place where finished dumps are looked for by {@link AutoDump#freshness}; by default the store alone.
     */
    public AutoDumpBuilder dumpIndex(DumpIndex port) {
        indexes.add(port);
        return this;
    }

    /** Lists the secrets and their tags. Needed for all operations on a {@link SecretId}, and to scan. */
    public AutoDumpBuilder secretCatalog(SecretCatalog port) {
        ports.putInstance(SecretCatalog.class, port);
        return this;
    }

    /** Reads the values of secrets. Needed to dump the database of a secret. */
    public AutoDumpBuilder secretValues(SecretValues port) {
        ports.putInstance(SecretValues.class, port);
        return this;
    }

    /** Makes tokens for secrets with {@code autodump:auth=iam}; without it, such secrets are refused. */
    public AutoDumpBuilder databaseTokens(DatabaseTokens port) {
        ports.putInstance(DatabaseTokens.class, port);
        return this;
    }

    /** Keeps the waiting runs. Needed to scan and to reschedule. */
    public AutoDumpBuilder runScheduler(RunScheduler port) {
        ports.putInstance(RunScheduler.class, port);
        return this;
    }

    /**
     * Starts restore drills: a scan starts the drill of each secret whose tag {@code autodump:drill} says so, as a run
     * of this scheduler that is due at once. Without it, scans start no drills. Needs {@link #runScheduler}.
     */
    public AutoDumpBuilder drillScheduler(RunScheduler port) {
        ports.putInstance(DrillRuns.class, new DrillRuns(port));
        return this;
    }

    /** Dumps databases, instead of the engines. For a source that wraps another one. */
    public AutoDumpBuilder dumpSource(DumpSource port) {
        ports.putInstance(DumpSource.class, port);
        return this;
    }

    /** Reads dumps, instead of the engines. */
    public AutoDumpBuilder archiveInspector(ArchiveInspector port) {
        ports.putInstance(ArchiveInspector.class, port);
        return this;
    }

    /** Restores dumps, instead of the engines. */
    public AutoDumpBuilder dumpRestorer(DumpRestorer port) {
        ports.putInstance(DumpRestorer.class, port);
        return this;
    }

    /**
     * Proves dumps, instead of the engines and a scratch server. Without either, secrets with {@code
     * autodump:verify=restore} are refused.
     */
    public AutoDumpBuilder restoreCheck(RestoreCheck port) {
        ports.putInstance(RestoreCheck.class, port);
        return this;
    }

    /**
     * The server on which dumps are proven with {@code autodump:verify=restore}. It executes what dumps hold, so it
     * must hold nothing of value.
     *
     * @param server a connection to any database of that server; nothing in it is changed
     */
    public AutoDumpBuilder scratchServer(DatabaseSecret server) {
        scratchServer = Optional.of(given -> server);
        return this;
    }

    /** As {@link #scratchServer(DatabaseSecret)}, by its secret, which is read only when a dump is to be proven. */
    public AutoDumpBuilder scratchServer(SecretId secret) {
        scratchServer = Optional.of(given -> ReadConnection.of(given, secret));
        return this;
    }

    /**
     * Encrypts dumps, and decrypts them to restore or prove them. Without it, a dump that must be encrypted fails, and
     * an encrypted one can't be restored.
     */
    public AutoDumpBuilder encryption(DumpEncryption port) {
        ports.putInstance(DumpEncryption.class, port);
        return this;
    }

    /**
     * The recipients of every dump whose settings or tags name none. Default: none, such dumps aren't encrypted. Needs
     * {@link #encryption}.
     */
    public AutoDumpBuilder encryptTo(List<Recipient> recipients) {
        ports.putInstance(Ports.Recipients.class, new Ports.Recipients(recipients));
        return this;
    }

    /** Receives the outcome of every dump; none by default. */
    public AutoDumpBuilder dumpEvents(DumpEvents port) {
        ports.putInstance(DumpEvents.class, port);
        return this;
    }

    /**
     * A place on this machine for records of failed and missed runs that the store didn't take. {@link
     * Monitoring#writeDelayedRecords} and the next dump write them to the store. Default: such records are lost.
     */
    public AutoDumpBuilder delayedRecords(DumpRecords port) {
        ports.putInstance(DumpRecords.class, port);
        return this;
    }

    /** Where runs are made, for the records of those that fail; unknown by default. */
    public AutoDumpBuilder runPlace(RunPlace place) {
        ports.putInstance(RunPlace.class, place);
        return this;
    }

    /** Whose databases are scheduled and checked, if several deployments see the same secrets; unnamed by default. */
    public AutoDumpBuilder deployment(Deployment deployment) {
        ports.putInstance(Deployment.class, deployment);
        return this;
    }

    /** The clock; {@link Clock#systemUTC()} by default. */
    public AutoDumpBuilder clock(InstantSource source) {
        ports.putInstance(InstantSource.class, source);
        return this;
    }

    /** Runs the work of a scan on the single secrets; the calling thread does by default. */
    public AutoDumpBuilder scanExecutor(Executor executor) {
        ports.putInstance(Executor.class, executor);
        return this;
    }

    /**
     * Asks a dump's store whether the dump is there already, while the database is being looked at; by default, the
     * calling thread does, one after the other. A dump never waits for an executor that is busy, so this may be the one
     * that runs the dumps.
     */
    public AutoDumpBuilder dumpExecutor(Executor executor) {
        ports.putInstance(Ports.DumpExecutor.class, new Ports.DumpExecutor(executor));
        return this;
    }

    /**
     * Builds it. Nothing is connected to.
     *
     * @throws IllegalStateException if a port can't be used because another is missing, with all such ports
     * @throws IllegalArgumentException if two engines take the same name, or two stores for copies have the same one
     */
    public AutoDump build() {
        MutableClassToInstanceMap<Object> given = MutableClassToInstanceMap.create();
        given.putAll(ports);
        if (!engines.isEmpty()) {
            given.putInstance(Engines.class, Engines.of(engines));
        }
        if (!copyTargets.isEmpty()) {
            given.putInstance(Ports.CopyTargets.class, new Ports.CopyTargets(copyTargets));
        }
        PortNeeds.require(given.keySet(), !indexes.isEmpty(), scratchServer.isPresent());
        Ports withoutCheck = new Ports(given, indexes);
        scratchServer.ifPresent(server -> given.putInstance(
                RestoreCheck.class,
                withoutCheck.engines().orElseThrow().restoreCheck(() -> server.apply(withoutCheck))));
        return new AutoDump(new Ports(given, indexes));
    }
}
