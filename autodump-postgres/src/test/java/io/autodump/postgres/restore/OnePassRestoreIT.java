package io.autodump.postgres.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.core.AutoDump;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.testing.InMemoryDumpStore;
import io.autodump.postgres.PostgresEngine;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A restore into a database that it creates: one pass, and nothing stays of a dump whose bytes were changed. */
class OnePassRestoreIT {
    private static TestPostgres server;
    private static InMemoryDumpStore store;
    private static AutoDump autoDump;

    @BeforeAll
    static void start() {
        server = TestPostgres.start();
        server.createDatabase("source");
        server.execute(
                "source",
                "CREATE TABLE t AS SELECT i, 'value ' || i AS v FROM generate_series(10000, 300000) AS g (i)");
        store = new InMemoryDumpStore();
        autoDump = AutoDump.builder()
                .engine(PostgresEngine.create())
                .dumpStore(store)
                .build();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** The change is in a row, and another valid one without compression. */
    @ParameterizedTest
    @CsvSource({"CUSTOM,none", "PLAIN,none", "CUSTOM,zstd:3"})
    void dropsTheDatabaseAgainIfTheBytesAreNotTheManifests(DumpFormat format, String compression) throws Exception {
        DumpManifest manifest = dump(format, compression);
        byte[] bytes = bytes(manifest);
        int place = compression.equals("none")
                ? new String(bytes, StandardCharsets.ISO_8859_1).indexOf("value 15000")
                : bytes.length / 4 * 3;
        bytes[place] ^= 1;
        store.corrupt(manifest.key(), bytes);
        DatabaseSecret target = server.secret("target");

        AutoDumpException failure = catchThrowableOfType(
                AutoDumpException.class,
                () -> autoDump.restore(
                        manifest.key(),
                        target,
                        RestoreOptions.builder().create(true).build(),
                        DumpProgress.SILENT));

        assertThat(failure.code()).isEqualTo(ErrorCode.DUMP_CORRUPT);
        assertThat(failure).hasMessageContaining("was created for this restore and is dropped again");
        assertThat(hasDatabase("target")).isFalse();
    }

    private static DumpManifest dump(DumpFormat format, String compression) {
        DumpSettings settings = DumpSettings.builder()
                .format(format)
                .compression(Compression.parse(compression).orElseThrow())
                .build();
        return autoDump.dump(format + " " + compression, server.secret("source"), settings)
                .manifest();
    }

    private static byte[] bytes(DumpManifest manifest) throws IOException {
        try (InputStream stored = store.open(manifest.key())) {
            return stored.readAllBytes();
        }
    }

    private static boolean hasDatabase(String name) throws SQLException {
        try (Connection connection = server.connection("postgres");
                var row = connection
                        .createStatement()
                        .executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + name + "'")) {
            return row.next();
        }
    }
}
