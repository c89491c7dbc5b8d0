package io.autodump.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.testkit.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** As long as the server has its limit, trying again doesn't help. */
@Timeout(60)
final class ServerLimitsIT {
    private static TestPostgres server;

    @BeforeAll
    static void startServer() {
        server = TestPostgres.start();
        server.execute("postgres", "CREATE TABLE held (a int); CREATE ROLE hasty LOGIN PASSWORD 'sesame'");
        server.execute("postgres", "GRANT SELECT ON held TO hasty");
        server.execute("postgres", """
                ALTER ROLE hasty SET statement_timeout = '50ms'; ALTER ROLE hasty SET lock_timeout = '20ms';
                ALTER ROLE hasty SET idle_in_transaction_session_timeout = '20ms';
                ALTER ROLE hasty SET idle_session_timeout = '2s'""");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void namesTheLimitOfAStatement() throws SQLException {
        try (Connection session = session()) {
            assertHint(failure(session, "SELECT pg_sleep(30)"), "the server's limit statement_timeout is too short");
        }
    }

    @Test
    void namesTheLimitOfALock() throws SQLException {
        try (Connection holder = server.connection("postgres");
                Statement lock = holder.createStatement();
                Connection session = session()) {
            holder.setAutoCommit(false);
            lock.execute("LOCK TABLE held");
            assertHint(failure(session, "SELECT * FROM held"), "another session holds a lock (pg_locks)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"idle_in_transaction_session_timeout", "idle_session_timeout"})
    void namesTheLimitOfASession(String limit) throws SQLException {
        try (Connection session = session()) {
            session.setAutoCommit(!limit.contains("transaction"));
            assertThat(session.isValid(5)).isTrue();
            awaitEnd(number(session, "SELECT pg_backend_pid()"));
            assertHint(failure(session, "SELECT 1"), "the server's limit " + limit + " is too short");
        }
    }

    @Test
    void blamesNoLimitForWhatAPersonEnded() {
        SQLException cancelled = new SQLException("ERROR: canceling statement due to user request", "57014");
        assertThat(ServerLimits.hint(cancelled, secret())).isEmpty();
        assertThat(ServerLimits.hint(new SQLException("ERROR: no", "42501"), secret()))
                .isEmpty();
        assertThat(ServerLimits.hint("FATAL:  terminating connection due to transaction timeout", secret()))
                .hasValueSatisfying(hint -> assertThat(hint).contains("SET transaction_timeout = 0"));
    }

    @Test
    void removesEveryLimit() throws SQLException {
        try (Connection session = session()) {
            OwnSession.prepare(session);
            session.setAutoCommit(false);
            assertThat(number(session, "SELECT 1 FROM pg_sleep(0.3)")).isOne();
            assertThat(number(
                            session,
                            "SELECT count(*) FROM pg_settings WHERE name ~ '^(statement|lock|idle.*session)_timeout$'"
                                    + " AND setting <> '0'"))
                    .isZero();
        }
    }

    private static Connection session() {
        return DatabaseConnection.open(secret());
    }

    private static DatabaseSecret secret() {
        return server.secret("postgres", "hasty", Password.of("sesame"));
    }

    private static SQLException failure(Connection session, String sql) {
        return catchThrowableOfType(SQLException.class, () -> number(session, sql));
    }

    private static void assertHint(SQLException failed, String cause) {
        AutoDumpException explained = ConnectionFailure.explain(secret(), failed);
        assertThat(explained.code()).isEqualTo(ErrorCode.CONNECTION_FAILED);
        assertThat(explained.hint().orElseThrow())
                .startsWith(cause)
                .contains("ALTER ROLE hasty IN DATABASE postgres SET ")
                .endsWith(" = 0");
    }

    private static int number(Connection session, String sql) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void awaitEnd(int pid) throws SQLException {
        try (Connection other = server.connection("postgres")) {
            while (number(other, "SELECT count(*) FROM pg_stat_activity WHERE pid = " + pid) > 0) {
                Thread.onSpinWait();
            }
        }
    }
}
