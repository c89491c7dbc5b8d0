package io.autodump.core.engine;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.NearestName;
import io.autodump.core.port.ArchiveInspector;
import io.autodump.core.port.DatabaseChecks;
import io.autodump.core.port.DatabaseEngine;
import io.autodump.core.port.DumpRestorer;
import io.autodump.core.port.DumpSource;
import io.autodump.core.port.RestoreCheck;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The engines of a process, by their names. The returned ports choose the engine at every call: by the secret for a
 * dump, by the manifest for everything else. Immutable and thread-safe.
 */
public final class Engines {
    private final List<DatabaseEngine> engines;
    private final Map<String, DatabaseEngine> byName = new TreeMap<>();

    private Engines(Collection<DatabaseEngine> engines) {
        this.engines = List.copyOf(engines);
        this.engines.forEach(this::register);
    }

    /**
     * Collects engines.
     *
     * @throws IllegalArgumentException if two engines have the same name, or one has none
     */
    public static Engines of(Collection<DatabaseEngine> engines) {
        return new Engines(engines);
    }

    private void register(DatabaseEngine engine) {
        if (engine.names().isEmpty()) {
            throw new IllegalArgumentException(engine.getClass().getName() + ".names() is empty");
        }
        for (String name : engine.names()) {
            DatabaseEngine other = byName.putIfAbsent(name, engine);
            if (other != null) {
                throw new IllegalArgumentException(other.getClass().getName() + " and "
                        + engine.getClass().getName() + " both take the engine \"" + name + "\"");
            }
        }
    }

    /** Returns the names of all engines, sorted. */
    public Set<String> names() {
        return Set.copyOf(byName.keySet());
    }

    /**
     * Returns the engine of a database.
     *
     * @throws AutoDumpException {@code ENGINE_MISSING}, with the known names and the nearest of them
     */
    public DatabaseEngine of(DatabaseSecret database) {
        return engine("database " + database.database(), database.engine());
    }

    /**
     * Returns the engine of a dump.
     *
     * @throws AutoDumpException {@code ENGINE_MISSING}, with the known names and the nearest of them
     */
    public DatabaseEngine of(DumpManifest manifest) {
        return engine("dump " + manifest.key(), manifest.engine());
    }

    private DatabaseEngine engine(String subject, String name) {
        return Optional.ofNullable(byName.get(name))
                .orElseThrow(() -> new AutoDumpException(
                        ErrorCode.ENGINE_MISSING,
                        subject + " has the engine \"" + name + "\", and this process has "
                                + (byName.isEmpty() ? "none" : String.join(", ", byName.keySet()))
                                + "; nothing was changed" + NearestName.didYouMean(name, byName.keySet()),
                        "correct \"engine\", or add the module of that engine"));
    }

    /** Returns a source that dumps each database with the engine of its secret. */
    public DumpSource source() {
        return (database, settings) -> of(database).source().prepare(database, settings);
    }

    /** Returns an inspector that reads each dump with the engine of its manifest. */
    public ArchiveInspector inspector() {
        return new InspectorByEngine(this);
    }

    /** Returns a restorer that uses the engine of the manifest, which must also be the target's. */
    public DumpRestorer restorer() {
        return new RestorerByEngine(this);
    }

    /**
     * Returns a check that proves dumps in a scratch server, with the server's engine.
     *
     * @param scratchServer reads the connection to the server; called at each use, so that its token is fresh
     */
    public RestoreCheck restoreCheck(Supplier<DatabaseSecret> scratchServer) {
        return new RestoreCheckByEngine(this, scratchServer);
    }

    /** Returns checks that check each server with its own engine, and the client programs of all engines. */
    public DatabaseChecks checks() {
        return new ChecksByEngine(this, engines);
    }
}
