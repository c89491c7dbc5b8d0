package io.autodump.core.usecase;

import com.google.common.collect.ClassToInstanceMap;
import com.google.common.collect.MutableClassToInstanceMap;
import io.autodump.core.copy.CopyTarget;
import io.autodump.core.encryption.DumpEncryption;
import io.autodump.core.encryption.Recipient;
import io.autodump.core.engine.Engines;
import io.autodump.core.plan.Deployment;
import io.autodump.core.port.ArchiveInspector;
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
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The ports that an {@link io.autodump.core.AutoDump} was built with. The accessor of a missing port throws {@link
 * IllegalStateException} with the builder's method. Immutable.
 */
public final class Ports {
    private final ClassToInstanceMap<Object> given;
    private final List<DumpIndex> indexes;

    /**
     * Copies the ports.
     *
     * @param given each port by its interface
     * @param indexes where finished dumps are looked for
     */
    public Ports(Map<? extends Class<?>, ?> given, List<DumpIndex> indexes) {
        this.given = copyOf(given);
        this.indexes = List.copyOf(indexes);
    }

    /** {@code MutableClassToInstanceMap.create} would write through to the given map. */
    private static MutableClassToInstanceMap<Object> copyOf(Map<? extends Class<?>, ?> given) {
        MutableClassToInstanceMap<Object> copy = MutableClassToInstanceMap.create();
        given.forEach(copy::put);
        return copy;
    }

    /** Returns the same ports with this store in place of the choice of a store. */
    public Ports withStore(DumpStore store) {
        MutableClassToInstanceMap<Object> changed = copyOf(given);
        changed.remove(DumpStores.class);
        changed.putInstance(DumpStore.class, store);
        return new Ports(changed, indexes);
    }

    /** Returns the same ports for the copies in a store: its retention, and nowhere to copy them to. */
    public Ports withCopiesOf(CopyTarget target) {
        MutableClassToInstanceMap<Object> changed = copyOf(given);
        changed.remove(CopyTargets.class);
        changed.remove(RetentionPolicy.class);
        target.retention().ifPresent(policy -> changed.putInstance(RetentionPolicy.class, policy));
        return new Ports(changed, indexes).withStore(target.store());
    }

    /**
     * The stores that dumps are copied to.
     *
     * @param all with different names
     */
    public record CopyTargets(List<CopyTarget> all) {
        public CopyTargets {
            all = List.copyOf(all);
            if (all.stream().map(CopyTarget::name).distinct().count() != all.size()) {
                throw new IllegalArgumentException("two stores for copies have the same name: " + all);
            }
        }
    }

    /** The recipients of every dump whose settings name none. */
    public record Recipients(List<Recipient> all) {
        public Recipients {
            all = List.copyOf(all);
        }
    }

    /** What a dump may do beside its own thread. */
    public record DumpExecutor(Executor executor) {}

    public SecretCatalog catalog() {
        return required(SecretCatalog.class, "secretCatalog(…)");
    }

    public SecretValues values() {
        return required(SecretValues.class, "secretValues(…)");
    }

    public Optional<DatabaseTokens> tokens() {
        return find(DatabaseTokens.class);
    }

    public RunScheduler scheduler() {
        return required(RunScheduler.class, "runScheduler(…)");
    }

    /** Returns the scheduler of restore drills; empty if this process starts none. */
    public Optional<DrillRuns> drills() {
        return find(DrillRuns.class);
    }

    public DumpSource source() {
        return find(DumpSource.class)
                .or(() -> engines().map(Engines::source))
                .orElseThrow(() -> missing("engine(…) or dumpSource(…)"));
    }

    public DumpStore store() {
        return find(DumpStore.class)
                .orElseThrow(() -> missing(
                        given.containsKey(DumpStores.class)
                                ? "dumpStore(…), or call withStoreOf(…) first: dumpStores(…) chooses a store by its"
                                        + " database, and no database was named"
                                : "dumpStore(…)"));
    }

    public DumpStores stores() {
        return find(DumpStores.class)
                .or(() -> find(DumpStore.class).map(DumpStores::always))
                .orElseThrow(() -> missing("dumpStore(…) or dumpStores(…)"));
    }

    public ArchiveInspector inspector() {
        return find(ArchiveInspector.class)
                .or(() -> engines().map(Engines::inspector))
                .orElseThrow(() -> missing("engine(…) or archiveInspector(…)"));
    }

    public DumpRestorer restorer() {
        return find(DumpRestorer.class)
                .or(() -> engines().map(Engines::restorer))
                .orElseThrow(() -> missing("engine(…) or dumpRestorer(…)"));
    }

    public Optional<RestoreCheck> restoreCheck() {
        return find(RestoreCheck.class);
    }

    /** Returns the encryption of dumps. */
    public Encryption encryption() {
        return new Encryption(
                find(DumpEncryption.class),
                find(Recipients.class).map(Recipients::all).orElse(List.of()));
    }

    public DumpEvents events() {
        return find(DumpEvents.class).orElse(DumpEvents.NONE);
    }

    /** Returns the stores that dumps are copied to. */
    public List<CopyTarget> copyTargets() {
        return find(CopyTargets.class).map(CopyTargets::all).orElse(List.of());
    }

    /** Returns the retention that counts for every secret, in place of {@code autodump:retention}. */
    public Optional<RetentionPolicy> retention() {
        return find(RetentionPolicy.class);
    }

    /** Returns the given indexes; the store if none was given. */
    public List<DumpIndex> indexes() {
        return indexes.isEmpty()
                ? List.of(find(DumpStore.class).orElseThrow(() -> missing("dumpIndex(…) or dumpStore(…)")))
                : indexes;
    }

    /** Where records wait that the store didn't take; empty if they are lost. */
    public Optional<DumpRecords> delayedRecords() {
        return find(DumpRecords.class);
    }

    /** Returns where runs are made, for their records. */
    public RunPlace runPlace() {
        return find(RunPlace.class).orElse(RunPlace.UNKNOWN);
    }

    /** Returns whose databases are dumped. */
    public Deployment deployment() {
        return find(Deployment.class).orElse(Deployment.UNNAMED);
    }

    public InstantSource clock() {
        return required(InstantSource.class, "clock(…)");
    }

    public Executor scanExecutor() {
        return find(Executor.class).orElse(Runnable::run);
    }

    public Executor dumpExecutor() {
        return find(DumpExecutor.class).map(DumpExecutor::executor).orElse(Runnable::run);
    }

    public Engines requiredEngines() {
        return required(Engines.class, "engine(…)");
    }

    public Optional<Engines> engines() {
        return find(Engines.class);
    }

    private <T> Optional<T> find(Class<T> port) {
        @Nullable T found = given.getInstance(port);
        return Optional.ofNullable(found);
    }

    private <T> T required(Class<T> port, String method) {
        return find(port).orElseThrow(() -> missing(method));
    }

    private static IllegalStateException missing(String methods) {
        return new IllegalStateException("this operation needs AutoDump.builder()." + methods);
    }
}
