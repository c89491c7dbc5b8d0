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
 * database. They change nothing but the databases that {@link #newDatabase} names.
 */
public abstract class EngineUnderTest {
    static final DumpSettings PLAIN_BYTES =
            DumpSettings.builder().compression(Compression.NONE).build();

    final InMemoryDumpStore store = new InMemoryDumpStore();
    final RecordingDumpEvents events = new RecordingDumpEvents();

    EngineUnderTest() {}

    /** The engine under test. */
    protected abstract DatabaseEngine engine();

    /** The same engine, whose dumping program writes its whole output and then fails: it exits with status 1. */
    protected abstract DatabaseEngine failingAtItsEnd();

    /** The same engine, whose dumping program writes some output and then neither ends nor writes more. */
    protected abstract DatabaseEngine hanging();

    /** A connection to a database that isn't empty, of a user who may read all of it. */
    protected abstract DatabaseSecret filledDatabase();

    /** A connection to a database that exists and is empty. */
    protected abstract DatabaseSecret emptyDatabase();

    /** A connection to a database that doesn't exist, of a user who may create it; another name at every call. */
    protected abstract DatabaseSecret newDatabase();

    /** A connection to a server that dumps are proven on. */
    protected abstract DatabaseSecret scratchServer();

    /** A connection to a server that doesn't answer, because nothing is there. */
    protected abstract DatabaseSecret unreachable();

    /** The filled database, with a password that its server refuses; empty if the engine knows no passwords. */
    protected abstract Optional<DatabaseSecret> withWrongPassword();

    /** Everything in a database as text: equal for equal databases, and read without the engine under test. */
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
