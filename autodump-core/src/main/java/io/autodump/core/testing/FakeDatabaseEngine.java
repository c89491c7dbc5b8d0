package io.autodump.core.testing;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.drill.DrillAssertions;
import io.autodump.core.drill.DrillDatabase;
import io.autodump.core.drill.DrillOptions;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.TableRows;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Finding;
import io.autodump.core.port.ArchiveInspector;
import io.autodump.core.port.DatabaseChecks;
import io.autodump.core.port.DatabaseEngine;
import io.autodump.core.port.DumpRestorer;
import io.autodump.core.port.DumpSource;
import io.autodump.core.port.RestoreCheck;
import io.autodump.core.restore.StoredParts;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An engine of fakes around a given source. Its restore checks pass, and its checks find one missing privilege.
 * Thread-safe if the source is.
 */
public final class FakeDatabaseEngine implements DatabaseEngine {
    private final DumpSource source;
    private final Set<String> names;
    private List<String> databases = List.of();
    private final FakeDumpRestorer restorer =
            new FakeDumpRestorer(List.of(new TableRows("public", "customer", 3)), true);

    /**
     * Creates an engine without a database.
     *
     * @param source what dumps
     * @param names the engine names that it handles
     */
    public FakeDatabaseEngine(DumpSource source, String... names) {
        this.source = source;
        this.names = Set.of(names);
    }

    /** Sets the databases of every server. Default: that of the secret alone. */
    public FakeDatabaseEngine withDatabases(String... all) {
        databases = List.of(all);
        return this;
    }

    @Override
    public List<String> databases(DatabaseSecret server) {
        return databases.isEmpty() ? List.of(server.database()) : databases;
    }

    /** Returns the restorer, which records what was restored. */
    public FakeDumpRestorer fakeRestorer() {
        return restorer;
    }

    @Override
    public Set<String> names() {
        return names;
    }

    @Override
    public DumpSource source() {
        return source;
    }

    @Override
    public ArchiveInspector inspector() {
        return new FakeArchiveInspector();
    }

    @Override
    public DumpRestorer restorer() {
        return restorer;
    }

    @Override
    public RestoreCheck restoreCheck(DatabaseSecret scratchServer) {
        return new PassingRestoreCheck();
    }

    /** A drill whose objects are all there and whose assertions are true, unless their text is {@code false}. */
    @Override
    public DrillDatabase drill(DumpManifest manifest, DrillOptions options) {
        return new FakeDrillDatabase();
    }

    @Override
    public DatabaseChecks checks() {
        return new FakeChecks();
    }

    private static final class PassingRestoreCheck implements RestoreCheck {
        @Override
        public void checkReady(DatabaseSecret database) {}

        @Override
        public void prove(DumpManifest manifest, InputStream stored) {}

        @Override
        public void prove(DumpManifest manifest, StoredParts stored) {}
    }

    private static final class FakeDrillDatabase implements DrillDatabase {
        @Override
        public String server() {
            return "a fake server";
        }

        @Override
        public DatabaseSecret target() {
            return DatabaseSecret.builder()
                    .host("localhost")
                    .database("drill")
                    .username("drill")
                    .password(Password.of("drill"))
                    .build();
        }

        @Override
        public RestoreOptions options() {
            return RestoreOptions.DEFAULTS;
        }

        @Override
        public Optional<Integer> compareObjects(DumpManifest manifest, InputStream stored) {
            return manifest.archiveEntries();
        }

        @Override
        public int check(DrillAssertions assertions) {
            if (assertions.text().equals("false")) {
                throw new AutoDumpException(
                        ErrorCode.ASSERTION_FAILED, assertions.name() + " isn't true", "use an older dump");
            }
            return 1;
        }

        @Override
        public void close() {}
    }

    private static final class FakeChecks implements DatabaseChecks {
        @Override
        public List<Finding> clients() {
            return List.of(Finding.ok("clients", "pg_dump", "15.18 in /usr/bin"));
        }

        @Override
        public List<Finding> database(String secretName, DatabaseSecret database, DumpSettings settings) {
            return List.of(
                    Finding.ok(secretName, "connection", "PostgreSQL 15.18"),
                    Finding.failed(
                            secretName,
                            "privileges",
                            ErrorCode.PRIVILEGES_MISSING,
                            "can't be read: table payroll",
                            "GRANT pg_read_all_data TO " + database.username()));
        }

        @Override
        public Finding scratch(String secretName, DatabaseSecret server) {
            return Finding.ok(secretName, "scratch server", "can hold scratch databases");
        }
    }
}
