package io.autodump.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.autodump.core.AutoDump;
import io.autodump.core.Monitoring;
import io.autodump.core.database.Password;
import io.autodump.core.drill.DrillAssertions;
import io.autodump.core.drill.DrillOptions;
import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.TableRows;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpRecords;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpUpload;
import io.autodump.core.record.Attestation;
import io.autodump.core.record.RecordKey;
import io.autodump.core.testing.InMemoryDumpStore;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restore drills of dumps that are as they should be, and of damaged ones: none of these passes. */
class RestoreDrillIT {
    private static TestPostgres server;
    private static TestDump dump;

    private final DumpRecords records = new InMemoryDumpStore().records();

    @BeforeAll
    static void start() {
        server = TestPostgres.start();
        server.createDatabase("shop");
        server.execute("shop", """
                CREATE ROLE drill_owner;
                CREATE SCHEMA sales AUTHORIZATION drill_owner;
                CREATE TABLE sales.orders (id serial PRIMARY KEY, price int CHECK (price > 0));
                INSERT INTO sales.orders (price) SELECT i FROM generate_series(1, 1000) AS g (i);
                CREATE TABLE item (id int PRIMARY KEY, orders int REFERENCES sales.orders, note text);
                INSERT INTO item SELECT i, i FROM generate_series(1, 10) AS g (i);
                CREATE INDEX ON item (orders);
                CREATE VIEW cheap AS SELECT * FROM sales.orders WHERE price < 10;
                CREATE MATERIALIZED VIEW total AS SELECT sum(price) FROM sales.orders;
                CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';
                CREATE TRIGGER same BEFORE UPDATE ON item FOR EACH ROW
                    EXECUTE FUNCTION suppress_redundant_updates_trigger();
                COMMENT ON TABLE item IS 'what was ordered';
                GRANT SELECT ON item TO drill_owner;
                ALTER TABLE item ENABLE ROW LEVEL SECURITY;
                CREATE POLICY own ON item USING (true);
                SELECT lo_from_bytea(0, 'large');
                """);
        dump = TestDump.of(server, "shop", DumpFormat.CUSTOM, Compression.DEFAULT)
                .with(manifest -> manifest.archiveEntries(entries()));
        server.execute("postgres", "DROP DATABASE shop");
        server.execute("postgres", "DROP ROLE drill_owner");
    }

    /** Counts the entries of the archive as the manifest of a real dump does. */
    private static int entries() {
        StockPrograms stock = new StockPrograms(server);
        byte[] archive = stock.dump("shop", "--format=custom", "--compress=0");
        String list = new String(
                stock.filter(
                        archive, StockPrograms.client().program("pg_restore").toString(), "--list"),
                StandardCharsets.UTF_8);
        return (int) list.lines().filter(line -> line.matches("\\d+;.*")).count();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void leavesNothingBehind() throws SQLException {
        try (Connection connection = server.connection("postgres");
                Statement statement = connection.createStatement();
                ResultSet left = statement.executeQuery("SELECT datname FROM pg_database WHERE datname ~ 'autodump'"
                        + " UNION ALL SELECT rolname FROM pg_roles WHERE rolname = 'drill_owner'")) {
            assertThat(left.next()).as("a database or a role is left").isFalse();
        }
    }

    @Test
    void provesADumpOnTheScratchServer() {
        Attestation proof = drill(dump, onServer().build());

        assertThat(proof.tables())
                .contains(new TableRows("sales", "orders", 1000), new TableRows("public", "item", 10));
        assertThat(proof.tablesCompared()).isEqualTo(2);
        assertThat(proof.objects().orElseThrow()).isGreaterThan(15);
        assertThat(proof.serverVersion()).startsWith("15.");
        assertThat(records.find(proof.key())).contains(proof);
    }

    @Test
    void provesAPlainScript() {
        TestDump script = TestDump.of(server, "postgres", DumpFormat.PLAIN, Compression.NONE);

        assertThat(drill(script, onServer().build()).objects()).isEmpty();
    }

    @Test
    void restoresWithoutOwnersAsAUserWhoIsNoSuperuser() {
        server.execute("postgres", "CREATE ROLE driller LOGIN PASSWORD 'driller-4711' CREATEDB CREATEROLE");
        try {
            DrillOptions options = DrillOptions.builder()
                    .scratchServer(server.secret("postgres", "driller", Password.of("driller-4711")))
                    .build();

            assertThat(drill(dump, options).objects().orElseThrow()).isGreaterThan(12);
        } finally {
            server.execute("postgres", "DROP ROLE driller");
        }
    }

    @Test
    void checksAssertions() {
        String statements = """
                SET search_path = sales;
                SELECT count(*) = 1000 AS "a thousand orders" FROM orders;
                SELECT id FROM orders WHERE price < 1; -- no rows
                """;
        assertThat(drill(dump, asserting(statements)).assertions()).isEqualTo(2);

        assertThat(failure(
                        dump,
                        asserting("SELECT true; SELECT count(*) > 1000 AS \"more; orders\" FROM sales.orders;"
                                + " SELECT id, price FROM sales.orders ORDER BY id; SELECT null::boolean AS nothing")))
                .hasMessageStartingWith("AD-3033")
                .hasMessageContaining("3 of 4 assertions of shop.sql aren't true: number 2 (more; orders) is false;"
                        + " number 3 returned id = 1, price = 1; number 4 (nothing) is null");
        assertThat(failure(dump, asserting("SELECT * FROM absent")))
                .hasMessageStartingWith("AD-3033")
                .hasMessageContaining("relation \"absent\" does not exist");
        assertThat(failure(dump, asserting("SET search_path = sales")))
                .hasMessageStartingWith("AD-1004")
                .hasMessageContaining("asserts nothing");
    }

    @Test
    void findsAFlippedBitATruncatedFileAndAnEditedManifestApart() {
        byte[] flipped = dump.stored().clone();
        flipped[flipped.length / 2] ^= 1;
        assertThat(failure(dump.withBytes(flipped), onServer().build()))
                .hasMessageStartingWith("AD-4004")
                .hasMessageContaining("its bytes are not those that were dumped (the store holds " + flipped.length
                        + " bytes with sha256:");

        byte[] truncated = Arrays.copyOf(dump.stored(), dump.stored().length - 100);
        assertThat(failure(dump.withBytes(truncated), onServer().build()))
                .hasMessageStartingWith("AD-4004")
                .hasMessageContaining("the store holds " + truncated.length + " bytes");

        TestDump rows = dump.with(manifest -> manifest.tables(List.of(new TableRows("sales", "orders", 1001))));
        assertThat(failure(rows, onServer().build()))
                .hasMessageStartingWith("AD-3032")
                .hasMessageContaining("sales.orders with 1001 rows");

        TestDump entries = dump.with(manifest -> manifest.archiveEntries(7));
        assertThat(failure(entries, onServer().build()))
                .hasMessageStartingWith("AD-4004")
                .hasMessageContaining("entries, the manifest has 7");
    }

    @Test
    void refusesAServerOfAnotherVersion() {
        TestDump older = dump.with(manifest -> manifest.serverVersion("14.9"));
        assertThat(failure(older, onServer().build()))
                .hasMessageStartingWith("AD-1020")
                .hasMessageContaining("the dump is of PostgreSQL 14.9, and the scratch server is PostgreSQL 15.");
        assertThat(drill(older, onServer().newerServer(true).build()).serverVersion())
                .startsWith("15.");

        TestDump newer = dump.with(manifest -> manifest.serverVersion("17.2").clientVersion("15.1"));
        assertThat(failure(newer, onServer().newerServer(true).build())).hasMessageStartingWith("AD-1020");
    }

    /** The server of the tests has every extension that it can dump, so the dump's is renamed. */
    @Test
    void namesAnExtensionThatIsMissing() {
        server.createDatabase("extended");
        server.execute("extended", "CREATE EXTENSION pg_trgm");
        TestDump extended = TestDump.of(server, "extended", DumpFormat.CUSTOM, Compression.NONE);
        server.dropDatabase("extended");
        byte[] renamed = new String(extended.stored(), StandardCharsets.ISO_8859_1)
                .replace("pg_trgm", "pg_absn")
                .getBytes(StandardCharsets.ISO_8859_1);
        TestDump dumpWithIt = extended.withBytes(renamed)
                .with(manifest -> manifest.archiveEntries(2)
                        .checksum(Checksum.ofSha256(Checksum.newSha256().digest(renamed))));

        assertThat(failure(dumpWithIt, onServer().build()))
                .hasMessageStartingWith("AD-1014")
                .hasMessageContaining("pg_absn");
    }

    @Test
    void refusesADiskThatIsTooSmall() {
        TestDump huge = dump.with(manifest -> manifest.sourceBytes(1L << 60));

        assertThat(failure(huge, DrillOptions.DEFAULTS))
                .satisfies(refused ->
                        assertThat(refused.code()).isIn(ErrorCode.DISK_TOO_SMALL, ErrorCode.SCRATCH_SERVER_MISSING));
    }

    @Test
    void startsAServerOfItsOwnAndRemovesIt(@TempDir Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        assumeThat(serverProgramsAreInstalled()).isTrue();

        Attestation proof =
                drill(dump, DrillOptions.builder().folder(folder.toString()).build());

        assertThat(proof.server()).isEqualTo("a server that the drill started");
        assertThat(proof.tablesCompared()).isEqualTo(2);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    private static boolean serverProgramsAreInstalled() {
        Path folder = StockPrograms.client().binFolder();
        return Stream.of("initdb", "pg_ctl", "postgres").allMatch(name -> Files.isExecutable(folder.resolve(name)));
    }

    private static DrillOptions.Builder onServer() {
        return DrillOptions.builder().scratchServer(server.secret("postgres"));
    }

    private static DrillOptions asserting(String statements) {
        return onServer()
                .assertions(new DrillAssertions("shop.sql", statements))
                .build();
    }

    private Attestation drill(TestDump stored, DrillOptions options) {
        return Monitoring.of(AutoDump.builder()
                        .engine(PostgresEngine.create())
                        .dumpStore(new OneDump(stored, records))
                        .build())
                .drill(stored.manifest().key(), options, DumpProgress.SILENT);
    }

    private AutoDumpException failure(TestDump stored, DrillOptions options) {
        AutoDumpException failure = catchThrowableOfType(AutoDumpException.class, () -> drill(stored, options));
        assertThat(failure).as("the drill fails").isNotNull();
        assertThat(records.find(RecordKey.ofDump(stored.manifest().key(), RecordKey.Kind.UNPROVEN)))
                .as("a record of the failure")
                .isPresent();
        return failure;
    }

    /** A store with one dump, whose bytes needn't be the manifest's. */
    private record OneDump(TestDump dump, DumpRecords records) implements DumpStore {
        @Override
        public Optional<DumpManifest> find(DumpKey key) {
            return Optional.of(dump.manifest());
        }

        @Override
        public Stream<DumpKey> list() {
            return Stream.of(dump.manifest().key());
        }

        @Override
        public InputStream open(DumpKey key) {
            return dump.open();
        }

        @Override
        public DumpUpload begin(DumpKey key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void publish(DumpManifest manifest) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void discard(DumpManifest manifest) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void delete(DumpKey key) {
            throw new UnsupportedOperationException();
        }
    }
}
