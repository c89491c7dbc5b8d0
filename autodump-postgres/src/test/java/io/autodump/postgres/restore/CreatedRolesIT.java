package io.autodump.postgres.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.RestoreReport;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.restore.RoleCreation;
import io.autodump.core.server.Globals;
import io.autodump.core.server.ServerNeeds;
import io.autodump.core.server.ServerRole;
import io.autodump.core.wire.DumpManifestJson;
import io.autodump.postgres.StockPrograms;
import io.autodump.postgres.TestDump;
import io.autodump.postgres.server.DatabaseRoles;
import io.autodump.postgres.server.DumpScope;
import io.autodump.postgres.server.ServerNeedsQuery;
import io.autodump.testkit.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The roles that a database needs come back on a server that has none of them. */
class CreatedRolesIT {
    private static TestPostgres source;
    private static TestPostgres target;
    private static TestDump dump;
    private final PgRestore restorer = new PgRestore(StockPrograms.CLIENTS);

    @BeforeAll
    static void start() {
        source = TestPostgres.start();
        target = TestPostgres.start();
        source.createDatabase("shop");
        source.execute("shop", """
                CREATE ROLE staff NOINHERIT;
                CREATE ROLE "Shop ""owner" LOGIN PASSWORD 'top secret' CREATEDB CONNECTION LIMIT 7
                    VALID UNTIL '2040-01-02 03:04:05+00' IN ROLE staff, pg_read_all_data;
                ALTER ROLE "Shop ""owner" SET search_path = shop, "odd ""one";
                ALTER ROLE "Shop ""owner" SET work_mem = '7MB';
                COMMENT ON ROLE "Shop ""owner" IS 'it''s him';
                CREATE ROLE app LOGIN REPLICATION;
                CREATE ROLE unrelated LOGIN;
                CREATE ROLE rds_like;
                CREATE ROLE in_rows;
                GRANT staff TO app WITH ADMIN OPTION;
                ALTER ROLE app IN DATABASE shop SET work_mem = '8MB';
                CREATE TABLE orders AS SELECT i FROM generate_series(1, 10) AS g (i);
                ALTER TABLE orders OWNER TO "Shop ""owner";
                CREATE TABLE grantees AS SELECT 'in_rows'::regrole AS r;
                """);
        dump = TestDump.of(source, "shop", DumpFormat.CUSTOM, Compression.DEFAULT)
                .with(manifest -> manifest.addRoles("in_rows"));
    }

    @AfterAll
    static void stop() {
        source.close();
        target.close();
    }

    @AfterEach
    void dropWhatWasCreated() {
        target.dropDatabase("copy");
        target.execute("postgres", """
                DO $$ DECLARE r text; BEGIN
                    FOR r IN SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_' AND rolname <> 'postgres' LOOP
                        EXECUTE format('DROP ROLE %I', r);
                    END LOOP;
                END $$""");
    }

    @Test
    void withAttributesMembershipsSettingsAndCommentsAndWithoutPasswords() throws SQLException {
        RestoreReport report = restore(target.secret("copy"), RoleCreation.LOGIN);

        assertThat(report.warnings()).isEmpty();
        assertThat(definitions(target, "copy")).isEqualTo(definitions(source, "shop"));
        assertThat(new StockPrograms(target).schemaAndData("copy"))
                .isEqualTo(new StockPrograms(source).schemaAndData("shop"));
        assertThat(dump.manifest().serverNeeds().orElseThrow().roles())
                .extracting(ServerRole::name)
                .containsExactly("Shop \"owner", "app", "in_rows", "postgres", "staff");
        assertThat(DumpManifestJson.write(dump.manifest())).contains("it's him").doesNotContain("top secret");
    }

    @Test
    void theManifestGivesBackWhatItHolds() {
        DumpManifest again = DumpManifestJson.parse("test", DumpManifestJson.write(dump.manifest()));

        assertThat(again.serverNeeds()).isEqualTo(dump.manifest().serverNeeds());
    }

    @Test
    void withoutTheRightToLogInUnlessAskedFor() throws SQLException {
        restore(target.secret("copy"), RoleCreation.NOLOGIN);

        assertThat(definitions(target, "copy").roles())
                .filteredOn(role -> !role.name().equals("postgres"))
                .noneMatch(ServerRole::login);
    }

    @Test
    void byAUserWhoIsNoSuperuserAsFarAsItMay() throws SQLException {
        target.execute("postgres", "CREATE ROLE admin LOGIN CREATEDB CREATEROLE PASSWORD 'admin'");
        source.createDatabase("own");
        source.execute("own", """
                ALTER ROLE app IN DATABASE own SET work_mem = '8MB';
                CREATE SCHEMA own AUTHORIZATION "Shop ""owner";
                CREATE TABLE own.t (i integer);
                ALTER TABLE own.t OWNER TO "Shop ""owner";
                """);
        TestDump own = TestDump.of(source, "own", DumpFormat.CUSTOM, Compression.DEFAULT);
        DatabaseSecret database = target.secret("copy", "admin", Password.of("admin"));

        RestoreReport report = restore(own, database, RoleCreation.LOGIN);

        assertThat(report.warnings()).anyMatch(warning -> warning.contains("ALTER ROLE \"app\" REPLICATION"));
        assertThat(new StockPrograms(target).schemaAndData("copy")).contains("OWNER TO \"Shop \"\"owner\"");
    }

    @Test
    void neverByAUserWhoMayNotCreateRoles() {
        target.execute("postgres", "CREATE ROLE limited LOGIN CREATEDB PASSWORD 'limited'");
        DatabaseSecret database = target.secret("copy", "limited", Password.of("limited"));

        AutoDumpException refused =
                catchThrowableOfType(AutoDumpException.class, () -> restore(database, RoleCreation.NOLOGIN));

        assertThat(refused.code()).isEqualTo(ErrorCode.PRIVILEGES_MISSING);
        assertThat(refused.hint().orElseThrow()).startsWith(Hints.NO_OWNERS);
    }

    @Test
    void notAtAllIfTheDumpIsNotToHoldThem() throws SQLException {
        try (Connection connection = source.connection("shop")) {
            ServerNeeds needs = ServerNeedsQuery.run(
                    connection, new DumpScope(DumpSettings.defaults()), DatabaseRoles.of(connection), Globals.NONE);
            assertThat(needs.roles()).isEmpty();
            assertThat(needs.rolesInRows()).containsExactly("in_rows");
        }
    }

    private RestoreReport restore(DatabaseSecret database, RoleCreation creation) {
        return restore(dump, database, creation);
    }

    private RestoreReport restore(TestDump dump, DatabaseSecret database, RoleCreation creation) {
        RestoreOptions options =
                RestoreOptions.builder().create(true).createRoles(creation).build();
        return restorer.restore(dump.manifest(), dump.open(), database, options, DumpProgress.SILENT);
    }

    private static ServerNeeds definitions(TestPostgres server, String database) throws SQLException {
        try (Connection connection = server.connection(database)) {
            List<String> named = DatabaseRoles.of(connection);
            return ServerNeedsQuery.run(connection, new DumpScope(DumpSettings.defaults()), named, Globals.ROLES);
        }
    }
}
