package io.autodump.postgres.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.PreparedDump;
import io.autodump.postgres.TestDumps;
import io.autodump.postgres.TestForm;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Objects that other sessions drop during a dump, and rows of the catalog without objects. */
@Timeout(120)
final class VanishingObjectsIT {
    private static final int DUMPS = TestForm.times(2, 4);

    private static TestPostgres server;

    @BeforeAll
    static void startServer() {
        server = TestPostgres.start();
        server.execute("postgres", "CREATE ROLE reader LOGIN PASSWORD 'sesame' IN ROLE pg_read_all_data");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void dumpsWhileOtherSessionsCreateAndDropWithoutAPause() {
        server.createDatabase("storm");
        server.execute(
                "storm",
                "DO $$ BEGIN FOR i IN 1..400 LOOP EXECUTE format('CREATE TABLE t%s (id serial PRIMARY KEY, x text);"
                        + " CREATE VIEW v%1$s AS SELECT x FROM t%1$s', i); END LOOP; END $$");
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> session = CompletableFuture.runAsync(() -> createAndDrop(over));
        try {
            for (int i = 0; i < DUMPS; i++) {
                assertThat(dump(server.secret("storm", "reader", Password.of("sesame"))))
                        .isPositive();
            }
        } finally {
            over.set(true);
            session.join();
        }
    }

    /** Some tables at a time, as a job does with its results on the way. */
    private static void createAndDrop(AtomicBoolean over) {
        try (Connection connection = server.connection("storm");
                Statement statement = connection.createStatement()) {
            while (!over.get()) {
                for (int i = 0; i < 4; i++) {
                    statement.execute("CREATE TABLE s" + i + " AS SELECT g FROM generate_series(1, 10000) g");
                }
                for (int i = 0; i < 4; i++) {
                    statement.execute("DROP TABLE s" + i);
                }
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void namesTheRowOfAFunctionWhoseSchemaIsMissing() throws SQLException {
        server.createDatabase("orphan");
        server.execute(
                "orphan", "CREATE SCHEMA gone; CREATE FUNCTION gone.lost() RETURNS int LANGUAGE sql AS 'SELECT 1'");
        String schema = number("orphan", "SELECT 'gone'::regnamespace::oid");
        String function = number("orphan", "SELECT 'gone.lost'::regproc::oid");
        server.execute("orphan", "DELETE FROM pg_namespace WHERE nspname = 'gone'");

        AutoDumpException failure = failure(server.secret("orphan", "reader", Password.of("sesame")));

        assertThat(failure).hasMessageContaining("schema with OID " + schema + " does not exist");
        assertThat(failure.hint().orElseThrow())
                .contains("the row of pg_catalog.pg_proc with oid " + function + " (lost) has " + schema
                        + " in pronamespace, and pg_namespace has no such row")
                .contains("SELECT * FROM pg_catalog.pg_proc WHERE oid = " + function + ";")
                .contains(
                        "UPDATE pg_catalog.pg_proc SET pronamespace = 'public'::regnamespace WHERE oid = " + function);

        server.execute("orphan", repair(failure));
        assertThat(dump(server.secret("orphan"))).isPositive();
    }

    @Test
    void namesTheRowOfATableWhoseOwnerIsMissing() throws SQLException {
        server.createDatabase("ownerless");
        server.execute("ownerless", "CREATE ROLE leaver; CREATE TABLE t (x int); ALTER TABLE t OWNER TO leaver");
        server.execute("postgres", "DELETE FROM pg_authid WHERE rolname = 'leaver'");

        AutoDumpException failure = failure(server.secret("ownerless"));

        assertThat(failure.hint().orElseThrow())
                .contains("(t) has ")
                .contains(" in relowner, and pg_authid has no such row")
                .contains("UPDATE pg_catalog.pg_class SET relowner = current_user::regrole WHERE oid = ");
    }

    /** The first repair that the hint offers, without the advice behind it. */
    private static String repair(AutoDumpException failure) {
        String hint = failure.hint().orElseThrow();
        int at = hint.indexOf("UPDATE pg_catalog.");
        return hint.substring(at, hint.indexOf(';', at));
    }

    private static String number(String database, String query) throws SQLException {
        try (Connection connection = server.connection(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private static long dump(DatabaseSecret database) {
        try (PreparedDump dump = TestDumps.source().prepare(database, DumpSettings.defaults())) {
            return dump.writeTo(OutputStream.nullOutputStream(), DumpProgress.SILENT)
                    .sourceBytes();
        }
    }

    private static AutoDumpException failure(DatabaseSecret database) {
        return catchThrowableOfType(AutoDumpException.class, () -> dump(database));
    }
}
