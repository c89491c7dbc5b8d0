package io.autodump.postgres.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.restore.RestoreObstacle;
import io.autodump.core.restore.RestorePlan;
import io.autodump.postgres.TestDump;
import io.autodump.postgres.client.PostgresClients;
import io.autodump.testkit.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Plain scripts, restored by a user who has CREATEDB alone. */
@Timeout(120)
final class ScriptRestoreIT {
    private static final RestoreOptions CREATE =
            RestoreOptions.builder().create(true).build();
    private static final RestoreOptions WITHOUT_OWNERS =
            RestoreOptions.builder().from(CREATE).noOwner(true).build();

    private static TestPostgres server;
    private static PgRestore restorer;

    @BeforeAll
    static void startServer() {
        server = TestPostgres.start();
        restorer = new PgRestore(PostgresClients.discover());
        server.execute(
                "postgres",
                "CREATE ROLE maker LOGIN CREATEDB PASSWORD 'sesame'; CREATE ROLE owner; CREATE ROLE \"odd Owner;\"");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static TestDump owned() {
        server.createDatabase("owned");
        server.execute("owned", """
                CREATE TABLE t (a text); ALTER TABLE t OWNER TO owner; GRANT SELECT ON t TO PUBLIC;
                INSERT INTO t VALUES (E'x\nALTER TABLE t OWNER TO nobody;\nGRANT a TO b;\n'), ('\\.');
                CREATE FUNCTION f() RETURNS text LANGUAGE sql AS E'SELECT \\'\nALTER TABLE t OWNER TO x;\n\\'::text';
                ALTER FUNCTION f OWNER TO "odd Owner;";
                ALTER DEFAULT PRIVILEGES FOR ROLE owner GRANT SELECT ON TABLES TO PUBLIC;
                SELECT lo_from_bytea(4711, 'x'); ALTER LARGE OBJECT 4711 OWNER TO owner""");
        TestDump dump = TestDump.of(server, "owned", DumpFormat.PLAIN, Compression.DEFAULT);
        server.dropDatabase("owned");
        return dump.with(builder -> builder.addRoles("owner", "odd Owner;"));
    }

    @Test
    void restoresWithoutOwners() throws SQLException {
        TestDump dump = owned();
        DatabaseSecret target = server.secret("copy", "maker", Password.of("sesame"));

        RestorePlan refused = restorer.plan(dump.manifest(), dump.open(), target, CREATE);
        RestorePlan plan = restorer.plan(dump.manifest(), dump.open(), target, WITHOUT_OWNERS);
        restorer.restore(dump.manifest(), dump.open(), target, WITHOUT_OWNERS, DumpProgress.SILENT);

        assertThat(refused.obstacles())
                .extracting(RestoreObstacle::toString)
                .containsExactly("owner odd Owner;, owner: user maker isn't a member, and so can't make it an owner");
        assertThat(plan.obstacles()).isEmpty();
        assertThat(plan.contents()).isNotEmpty();
        assertThat(one("copy", "SELECT string_agg(a, '|' ORDER BY a) FROM t"))
                .isEqualTo("\\.|x\nALTER TABLE t OWNER TO nobody;\nGRANT a TO b;\n");
        assertThat(one("copy", "SELECT f()")).isEqualTo("\nALTER TABLE t OWNER TO x;\n");
        assertThat(one("copy", "SELECT relowner::regrole::text FROM pg_class WHERE relname = 't'"))
                .isEqualTo("maker");
    }

    @Test
    void namesWhatOnlyASuperuserCreatesAndOffersNoKindToSkip() {
        server.createDatabase("special");
        server.execute(
                "special",
                "CREATE FUNCTION seen() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';"
                        + " CREATE EVENT TRIGGER seen ON ddl_command_end EXECUTE FUNCTION seen();"
                        + " CREATE PUBLICATION every FOR ALL TABLES");
        TestDump dump = TestDump.of(server, "special", DumpFormat.PLAIN, Compression.NONE);
        DatabaseSecret target = server.secret("copy2", "maker", Password.of("sesame"));

        RestorePlan plan = restorer.plan(dump.manifest(), dump.open(), target, WITHOUT_OWNERS);
        AutoDumpException refused = catchThrowableOfType(AutoDumpException.class, plan::requirePossible);

        assertThat(refused.code()).isEqualTo(ErrorCode.TARGET_UNFIT);
        assertThat(refused)
                .hasMessageContaining("publication every: a superuser alone can create it")
                .hasMessageContaining("event trigger seen: a superuser alone can create it");
        assertThat(refused.hint()).hasValue("restore as a superuser");
    }

    private static String one(String database, String query) throws SQLException {
        try (Connection connection = server.connection(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
