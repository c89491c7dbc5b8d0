package io.autodump.core.port;

import io.autodump.core.database.DatabaseSecret;
import java.util.Set;

/**
 * What AutoDump needs to know about one kind of database: how to dump it, read a dump back, restore it, and check a server
 * before a dump. AutoDump chooses the engine by the {@code engine} of the secret or of the manifest.
 *
 * <p>Creating an engine connects to nothing and starts nothing; programs are looked for when they are first needed.
 * Thread-safe, and so is everything that it returns, except for {@link PreparedDump}. {@code EngineContract} in the
 * testkit holds the tests that every engine passes.
 */
public interface DatabaseEngine {
    /**
     * The values of a secret's {@code engine} that this engine takes: at least one, each of lower-case letters, digits
     * and hyphens. The same at every call.
     */
    Set<String> names();

    /** Dumps databases of this engine. */
    DumpSource source();

    /** Reads dumps that {@link #source()} made. */
    ArchiveInspector inspector();

    /** Restores dumps that {@link #source()} made. */
    DumpRestorer restorer();

    /**
     * Proves dumps by restoring them into a scratch server. Doesn't connect yet.
     *
     * @param scratchServer a connection to any database of that server; nothing in it is changed
     */
    RestoreCheck restoreCheck(DatabaseSecret scratchServer);

    /** Looks for what would stop a dump; {@code autodump doctor} prints it. */
    DatabaseChecks checks();
}
