package io.autodump.testkit;

import io.autodump.core.AutoDump;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.port.DatabaseEngine;
import io.autodump.core.testing.InMemoryDumpStore;
import io.autodump.core.testing.RecordingDumpEvents;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * An engine under test, and the databases that its contract needs. The tests run the engine's programs against a real
 * database. They change only the databases of {@link #newDatabase} and {@link #scratchServer}.
 */
public abstract class EngineUnderTest {
    static final DumpSettings PLAIN_BYTES =
            DumpSettings.builder().compression(Compression.NONE).build();

    final InMemoryDumpStore store = new InMemoryDumpStore();
    final RecordingDumpEvents events = new RecordingDumpEvents();

    EngineUnderTest() {}

    /** Returns the engine under test. */
    protected abstract DatabaseEngine engine();

    /**
     * Returns the same engine with a dumping program that writes its whole output and then fails: it exits with
     * status 1.
     */
    protected abstract DatabaseEngine failingAtItsEnd();

    /** Returns the same engine with a dumping program that writes some output and then hangs. */
    protected abstract DatabaseEngine hanging();

    /** Returns a connection to a database that isn't empty, as a user who may read all of it. */
    protected abstract DatabaseSecret filledDatabase();

    /** Returns a connection to an existing, empty database. */
    protected abstract DatabaseSecret emptyDatabase();

    /**
     * Returns a connection to a database that doesn't exist, as a user who may create it. The name is new at each call.
     */
    protected abstract DatabaseSecret newDatabase();

    /** Returns a connection to a server for restore checks. */
    protected abstract DatabaseSecret scratchServer();

    /** Returns a connection to an address where no server listens. */
    protected abstract DatabaseSecret unreachable();

    /** Returns the filled database with a password that its server refuses. Empty if the engine uses no passwords. */
    protected abstract Optional<DatabaseSecret> withWrongPassword();

    /**
     * Returns everything in a database as text, read without the engine under test. Equal databases have equal texts.
     */
    protected abstract String contents(DatabaseSecret database);

    AutoDump autoDump(DatabaseEngine under) {
        return AutoDump.builder()
                .engine(under)
                .dumpStore(store)
                .scratchServer(scratchServer())
                .dumpEvents(events)
                .build();
    }

    static DumpManifest dump(AutoDump autoDump, DatabaseSecret database, DumpSettings settings) {
        return autoDump.dump("orders", database, settings).manifest();
    }

    static AutoDumpException failure(ThrowingCallable call) {
        return Failures.expected(call);
    }
}
