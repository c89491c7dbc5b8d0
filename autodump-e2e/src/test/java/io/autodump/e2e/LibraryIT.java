package io.autodump.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.AutoDump;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.dump.DumpOutcome;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.error.Finding;
import io.autodump.local.store.DirectoryDumpStore;
import io.autodump.postgres.PostgresEngine;
import io.autodump.testkit.postgres.TestPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of README: a program that has host, user and password, and nothing else. */
class LibraryIT {
    @TempDir
    private Path folder;

    @Test
    void dumpsADatabaseInFiveLines() {
        try (TestPostgres server = TestPostgres.start()) {
            server.createDatabase("shop");
            server.execute("shop", "CREATE TABLE orders AS SELECT generate_series(1, 100) i");

            AutoDump autoDump = AutoDump.builder()
                    .engine(PostgresEngine.create())
                    .dumpStore(new DirectoryDumpStore(folder.resolve("dumps")))
                    .build();
            DatabaseSecret shop = DatabaseSecret.builder()
                    .host(server.host())
                    .port(server.port())
                    .database("shop")
                    .username(TestPostgres.SUPERUSER)
                    .password(Password.of(server.password().reveal()))
                    .build();
            DumpOutcome outcome = autoDump.dump("orders", shop);

            assertThat(autoDump.list().dumps()).containsExactly(outcome.manifest());
            assertThat(autoDump.verify(outcome.manifest().key()).manifest()).isEqualTo(outcome.manifest());
            assertThat(autoDump.check("orders", shop, DumpSettings.defaults()))
                    .noneMatch(finding -> finding.status() == Finding.Status.FAILED);
        }
    }
}
