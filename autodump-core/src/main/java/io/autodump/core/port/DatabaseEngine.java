package io.autodump.core.port;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.drill.DrillDatabase;
import io.autodump.core.drill.DrillOptions;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.util.List;
import java.util.Set;

/**
 * Everything that AutoDump needs for one kind of database: it dumps it, reads and restores its dumps, and checks a
 * server before a dump. AutoDump chooses the engine by the {@code engine} of the secret or of the manifest.
 *
 * <p>Creating an engine connects to nothing and starts nothing; programs are looked for when they are first needed.
 * Thread-safe, and so is everything that it returns, except for {@link PreparedDump}. Every engine passes {@code
 * EngineContract} of the testkit.
 */
public interface DatabaseEngine {
    /**
     * Returns the values of a secret's {@code engine} that this engine handles: at least one, each of lower-case
     * letters, digits and hyphens. Returns the same names at every call.
     */
    Set<String> names();

    /** Returns what dumps databases of this engine. */
    DumpSource source();

    /** Returns what reads dumps of {@link #source()}. */
    ArchiveInspector inspector();

    /** Returns what restores dumps of {@link #source()}. */
    DumpRestorer restorer();

    /**
     * Returns what proves dumps by restoring them into a scratch server. Doesn't connect yet.
     *
     * @param scratchServer a connection to any database of that server, whose contents aren't changed
     */
    RestoreCheck restoreCheck(DatabaseSecret scratchServer);

    /**
     * Prepares a place for a restore drill: checks that the server can take the dump and that there is room, or starts
     * a throw-away server. The default is for engines without drills.
     *
     * @param options name the server; without one, the engine starts a server of its own
     * @return close it after the drill
     * @throws AutoDumpException {@code SCRATCH_SERVER_MISSING} if there is no server and none can be started; {@code
     *     DRILL_VERSION_DIFFERS}, {@code DISK_TOO_SMALL}, {@code PRIVILEGES_MISSING}; what prevents a connection
     */
    default DrillDatabase drill(DumpManifest manifest, DrillOptions options) {
        throw new AutoDumpException(
                ErrorCode.SCRATCH_SERVER_MISSING,
                "the engine \"" + manifest.engine() + "\" can't make restore drills; nothing was restored",
                "set autodump:verify=restore, which proves each dump before it is published");
    }

    /** Returns what finds the obstacles to a dump. {@code autodump doctor} prints its findings. */
    DatabaseChecks checks();

    /**
     * Returns the names of the databases on the server of a database that hold somebody's data: no templates, and none
     * that belong to the provider of the server. By default it returns the given database alone.
     *
     * @throws io.autodump.core.error.AutoDumpException if the server refuses the connection or the question
     */
    default List<String> databases(DatabaseSecret database) {
        return List.of(database.database());
    }
}
