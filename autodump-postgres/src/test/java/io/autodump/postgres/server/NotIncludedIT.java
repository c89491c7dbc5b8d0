package io.autodump.postgres.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.NotIncluded;
import io.autodump.core.dump.SourceReport;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.PreparedDump;
import io.autodump.postgres.StockPrograms;
import io.autodump.postgres.TestDumps;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What isn't in a dump is in its report, and what is in it isn't. The referee is what {@code pg_dump} wrote. */
final class NotIncludedIT {
    private static final Password PASSWORD = Password.of("reader");

    private static TestPostgres server;

    @BeforeAll
    static void startServer() {
        server = TestPostgres.start();
        server.execute(
                "postgres",
                "CREATE ROLE autodump LOGIN PASSWORD 'reader'; GRANT pg_read_all_data TO autodump; CREATE ROLE app");
        server.createDatabase("plain");
        server.execute("plain", "CREATE TABLE a AS SELECT 1 AS i; CREATE UNLOGGED TABLE u AS SELECT 1 AS i");
        server.createDatabase("whole");
        server.execute("whole", """
            CREATE EXTENSION postgres_fdw;
            CREATE SERVER "far away" FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'other');
            CREATE USER MAPPING FOR postgres SERVER "far away" OPTIONS (user 'u', password 'hidden');
            CREATE USER MAPPING FOR PUBLIC SERVER "far away" OPTIONS (user 'p', password 'hidden too');
            CREATE USER MAPPING FOR autodump SERVER "far away" OPTIONS (user 'own');
            GRANT USAGE ON FOREIGN SERVER "far away" TO autodump;
            CREATE SUBSCRIPTION from_hub CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false);
            CREATE TABLE ext_rows AS SELECT 1 AS i; ALTER EXTENSION postgres_fdw ADD TABLE ext_rows;
            CREATE TABLE ext_empty (i int); ALTER EXTENSION postgres_fdw ADD TABLE ext_empty;
            CREATE FUNCTION pg_catalog.mine(int) RETURNS int LANGUAGE sql AS 'SELECT $1';
            CREATE TABLE twice AS SELECT 1 AS i UNION ALL SELECT 1;
            CREATE TABLE measured (i int);
            CREATE PUBLICATION p FOR TABLE measured;
            CREATE FUNCTION noop() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
            CREATE EVENT TRIGGER noticed ON ddl_command_end EXECUTE FUNCTION noop();
            ALTER DEFAULT PRIVILEGES FOR ROLE app GRANT SELECT ON TABLES TO autodump;
            CREATE STATISTICS related ON i, (i + 1) FROM measured;
            COMMENT ON DATABASE "whole" IS 'x';
            GRANT TEMPORARY ON DATABASE "whole" TO app;
            """);
        server.execute("postgres", """
            ALTER DATABASE "whole" SET work_mem = '7MB';
            ALTER ROLE autodump IN DATABASE "whole" SET temp_buffers = '9MB';
            ALTER DATABASE "whole" CONNECTION LIMIT 77
            """);
        try (Connection connection = server.connection("whole");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE UNIQUE INDEX CONCURRENTLY half_made ON twice (i)");
        } catch (SQLException duplicates) {
            // The index stays behind, invalid.
        }
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void namesAllThatAReaderOfAllDataCannotDump() {
        assertThat(notIncluded("whole", "autodump"))
                .containsExactly(
                        "rows of an extension's tables postgres_fdw: public.ext_rows",
                        "invalid index public.half_made",
                        "object in a system schema pg_catalog.mine(integer)",
                        "subscription from_hub",
                        "user mapping options FOR PUBLIC SERVER \"far away\"",
                        "user mapping options FOR postgres SERVER \"far away\"");
    }

    @Test
    void namesNoMoreThanASuperuserCannotDump() {
        assertThat(notIncluded("whole", TestPostgres.SUPERUSER))
                .doesNotContain("subscription from_hub")
                .noneMatch(thing -> thing.startsWith("user mapping"))
                .contains("invalid index public.half_made");
    }

    @Test
    void hasNothingToSayOfAnOrdinaryDatabase() {
        assertThat(notIncluded("plain", "autodump")).isEmpty();
    }

    @Test
    void looksAtTheDumpedSchemasAloneWhereOnlySomeAreDumped() {
        DumpSettings settings = DumpSettings.builder().addSchemas("public").build();

        assertThat(Preflight.inspect(secret("whole", "autodump"), settings).notIncluded())
                .extracting(NotIncluded::name)
                .containsExactly("public.half_made");
    }

    /** Were something of this in the dump, its report would be wrong. */
    @Test
    void isRightAboutThat() {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        SourceReport report;
        try (PreparedDump dump = TestDumps.source().prepare(secret("whole", "autodump"), DumpSettings.defaults())) {
            report = dump.writeTo(archive, DumpProgress.SILENT);
        }
        assertThat(report.notIncluded()).hasSize(6).allSatisfy(thing -> {
            assertThat(thing.why()).doesNotEndWith(".");
            assertThat(thing.remedy()).isNotBlank();
            assertThat(thing.toString()).doesNotContain("hidden");
        });
        String script = new String(
                new StockPrograms(server).filter(decompressed(archive), program("pg_restore"), "--file=-"),
                StandardCharsets.UTF_8);
        assertThat(script)
                .doesNotContain("from_hub", "password", "half_made", "mine(", "COPY public.ext_rows", "temp_buffers")
                .contains(
                        "\"user\" 'own'",
                        "noticed",
                        "CREATE PUBLICATION p",
                        "related",
                        "DEFAULT PRIVILEGES FOR ROLE app");
    }

    private static byte[] decompressed(ByteArrayOutputStream archive) {
        return new StockPrograms(server).filter(archive.toByteArray(), "zstd", "-d", "-c", "-q");
    }

    private static String program(String name) {
        return StockPrograms.client().program(name).toString();
    }

    private static List<String> notIncluded(String database, String user) {
        return Preflight.inspect(secret(database, user), DumpSettings.defaults()).notIncluded().stream()
                .map(thing -> thing.kind() + " " + thing.name())
                .toList();
    }

    private static DatabaseSecret secret(String database, String user) {
        return user.equals(TestPostgres.SUPERUSER) ? server.secret(database) : server.secret(database, user, PASSWORD);
    }
}
