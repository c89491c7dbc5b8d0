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
 * The engines of a process, each by its names. The ports that it returns choose the engine at every call: by the secret
 * for a dump, by the manifest for everything that is done with one. Thread-safe.
 */
public final class Engines {
    private final List<DatabaseEngine> engines;
    private final Map<String, DatabaseEngine> byName = new TreeMap<>();

    private Engines(Collection<DatabaseEngine> engines) {
        this.engines = List.copyOf(engines);
        this.engines.forEach(this::register);
    }

    /**
     * The given engines.
     *
     * @throws IllegalArgumentException if two engines take the same name, or one takes none
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

    /** The names that the engines take, sorted. */
    public Set<String> names() {
        return Set.copyOf(byName.keySet());
    }

    /**
     * The engine of a database.
     *
     * @throws AutoDumpException {@code ENGINE_MISSING}, with the names that are known and the nearest of them
     */
    public DatabaseEngine of(DatabaseSecret database) {
        return engine("database " + database.database(), database.engine());
    }

    /**
     * The engine of a dump.
     *
     * @throws AutoDumpException {@code ENGINE_MISSING}, with the names that are known and the nearest of them
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

    /** Dumps a database with the engine of its secret. */
    public DumpSource source() {
        return (database, settings) -> of(database).source().prepare(database, settings);
    }

    /** Reads a dump with the engine of its manifest. */
    public ArchiveInspector inspector() {
        return (manifest, stored) -> of(manifest).inspector().inspect(manifest, stored);
    }

    /** Restores a dump with the engine of its manifest, which must be the target's too. */
    public DumpRestorer restorer() {
        return new RestorerByEngine(this);
    }

    /**
     * Proves dumps in a scratch server, with its engine.
     *
     * @param scratchServer reads the connection to the server; called at each use, so that a token in it is fresh
     */
    public RestoreCheck restoreCheck(Supplier<DatabaseSecret> scratchServer) {
        return new RestoreCheckByEngine(this, scratchServer);
    }

    /** Checks each server with its own engine, and the client programs of all engines. */
    public DatabaseChecks checks() {
        return new ChecksByEngine(this, engines);
    }
}
