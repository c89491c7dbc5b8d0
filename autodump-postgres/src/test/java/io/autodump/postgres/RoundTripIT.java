package io.autodump.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.AutoDump;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.RestoreReport;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.SecretValue;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.testing.InMemoryDumpStore;
import io.autodump.core.testing.InMemorySecrets;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A database of everything that is hard to dump, through the whole product and back. */
class RoundTripIT {
    private static final SecretId ID = SecretId.of("nasty");
    private static final RestoreOptions CREATE =
            RestoreOptions.builder().create(true).build();

    private static TestPostgres server;
    private static StockPrograms stock;
    private static String source;
    private final InMemorySecrets secrets = new InMemorySecrets();
    private final InMemoryDumpStore store = new InMemoryDumpStore();

    @BeforeAll
    static void start() throws IOException {
        server = TestPostgres.start();
        stock = new StockPrograms(server);
        server.createDatabase("nasty");
        try (InputStream sql = TestPostgres.class.getResourceAsStream("nasty.sql")) {
            assertThat(sql).as("nasty.sql").isNotNull();
            server.execute("nasty", new String(sql.readAllBytes(), StandardCharsets.UTF_8));
        }
        source = stock.schemaAndData("nasty");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** The short form has each format; each compression is in {@link PostgresEngineContractIT}. */
    static Stream<Arguments> settings() {
        return Stream.of(
                        Arguments.of("custom", "zstd:1", 4),
                        Arguments.of("plain", "gzip:6", 1),
                        Arguments.of("custom", "zstd:3", 1),
                        Arguments.of("custom", "gzip:6", 1),
                        Arguments.of("custom", "none", 1),
                        Arguments.of("plain", "zstd:3", 1),
                        Arguments.of("plain", "none", 1))
                .limit(TestForm.times(2, 7));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void givesBackEverySchemaAndEveryByte(String format, String compression, int jobs) throws IOException {
        tag(format, compression, jobs);
        AutoDump autoDump = autoDump();
        DumpManifest manifest = autoDump.dump(ID, Instant.parse("2026-11-22T08:00:00Z"), DumpProgress.SILENT)
                .manifest();
        assertThat(manifest.tables()).hasSizeGreaterThan(50);
        assertThat(autoDump.verify(manifest.key(), DumpProgress.SILENT).archiveEntries())
                .isEqualTo(manifest.archiveEntries());

        String name = "restored " + format + "=" + compression + " " + jobs;
        RestoreReport report = autoDump.restore(manifest.key(), server.secret(name), CREATE, DumpProgress.SILENT);
        assertThat(report.tables()).isEqualTo(manifest.tables());
        assertThat(stock.schemaAndData(name)).isEqualTo(source);

        String byStock = "stock " + name;
        restoreWithoutAutoDump(manifest, byStock);
        assertThat(stock.schemaAndData(byStock)).isEqualTo(source);
        server.dropDatabase(name);
        server.dropDatabase(byStock);
    }

    /** With nothing but the file, its manifest's file type, and what every PostgreSQL administrator has. */
    private void restoreWithoutAutoDump(DumpManifest manifest, String database) throws IOException {
        server.createDatabase(database);
        DumpFileType fileType = manifest.fileType();
        try (InputStream file = store.open(manifest.key())) {
            byte[] stored = file.readAllBytes();
            byte[] dump =
                    switch (fileType.outerCompression().algorithm()) {
                        case ZSTD -> stock.filter(stored, "zstd", "-dc");
                        case GZIP -> stock.filter(stored, "gzip", "-dc");
                        case NONE -> stored;
                    };
            if (fileType.format() == DumpFormat.PLAIN) {
                stock.runScript(database, dump);
            } else {
                stock.restore(database, dump);
            }
        }
    }

    private void tag(String format, String compression, int jobs) {
        assertThat(Compression.parse(compression)).isPresent();
        secrets.put(
                TaggedSecret.builder()
                        .id(ID)
                        .name("nasty")
                        .putTags("autodump:start-schedule", "0 8 - - -")
                        .putTags("autodump:format", format)
                        .putTags("autodump:compression", compression)
                        .putTags("autodump:jobs", String.valueOf(jobs))
                        .putTags("autodump:verify", "restore")
                        .build(),
                SecretValue.of("{\"username\":\"" + TestPostgres.SUPERUSER + "\",\"password\":\""
                        + server.password().reveal() + "\",\"databasename\":\"nasty\",\"endpoint\":\"" + server.host()
                        + "\",\"port\":" + server.port() + ",\"engine\":\"postgres\",\"bucketname\":\"dumps\"}"));
    }

    private AutoDump autoDump() {
        return AutoDump.builder()
                .engine(PostgresEngine.create())
                .secretCatalog(secrets)
                .secretValues(secrets)
                .dumpStore(store)
                .scratchServer(server.secret("postgres"))
                .build();
    }
}
