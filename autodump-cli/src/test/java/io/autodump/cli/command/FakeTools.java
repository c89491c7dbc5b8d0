package io.autodump.cli.command;

import io.autodump.cli.doctor.DatabaseChecks;
import io.autodump.cli.doctor.Finding;
import io.autodump.cli.wiring.DatabaseTools;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.TableRows;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.ArchiveInspector;
import io.autodump.core.port.DumpRestorer;
import io.autodump.core.port.DumpSource;
import io.autodump.core.port.RestoreCheck;
import io.autodump.core.testing.FakeArchiveInspector;
import io.autodump.core.testing.FakeDumpRestorer;
import java.io.InputStream;
import java.util.List;

/** No PostgreSQL at all: the core's fakes, and a doctor who finds the given. */
final class FakeTools implements DatabaseTools {
    private final DumpSource source;
    private final FakeDumpRestorer restorer =
            new FakeDumpRestorer(List.of(new TableRows("public", "customer", 3)), true);

    FakeTools(DumpSource source) {
        this.source = source;
    }

    FakeDumpRestorer fakeRestorer() {
        return restorer;
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
        return new RestoreCheck() {
            @Override
            public void checkReady() {}

            @Override
            public void prove(DumpManifest manifest, InputStream stored) {}
        };
    }

    @Override
    public DatabaseChecks checks() {
        return new DatabaseChecks() {
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
        };
    }
}
