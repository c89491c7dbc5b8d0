package io.autodump.testkit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TestPostgresIT {
    private static TestPostgres server;

    @BeforeAll
    static void start() {
        server = TestPostgres.configure()
                .setting("application_name", "it's a test")
                .hbaRule("host all refused all reject")
                .start();
    }

    @AfterAll
    static void stop() {
        Path folder = server.socketFolder();
        assertThat(folder).isDirectory();
        server.close();
        server.close();
        assertThat(Files.exists(folder)).isFalse();
    }

    @Test
    void listensOnLoopbackOnly() throws SQLException {
        assertThat(show("listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(show("fsync")).isEqualTo("off");
        assertThat(show("server_version")).startsWith("15.");
    }

    @Test
    void checksPasswords() {
        DatabaseSecret wrong = server.secret("postgres", TestPostgres.SUPERUSER, Password.of("wrong"));
        assertThatThrownBy(() -> connect(wrong))
                .isInstanceOf(SQLException.class)
                .extracting(failure -> ((SQLException) failure).getSQLState())
                .isEqualTo("28P01");
    }

    @Test
    void obeysTheGivenRulesFirst() {
        server.execute("postgres", "CREATE ROLE refused LOGIN PASSWORD 'secret'");
        assertThatThrownBy(() -> connect(server.secret("postgres", "refused", Password.of("secret"))))
                .hasMessageContaining("pg_hba.conf rejects connection");
    }

    @Test
    void createsAndDropsDatabasesOfAnyName() throws SQLException {
        String name = "-a \"b\" 'c' %41 ü?x=1&y #/\\";
        server.createDatabase(name);
        try (Connection connection = server.connection(name)) {
            assertThat(connection.getCatalog()).isEqualTo(name);
            server.dropDatabase(name);
            assertThat(connection.isValid(5)).isFalse();
        }
    }

    private static void connect(DatabaseSecret secret) throws SQLException {
        String url = "jdbc:postgresql://" + secret.host() + ":" + secret.port() + "/" + secret.database();
        DriverManager.getConnection(url, secret.username(), secret.password().reveal())
                .close();
    }

    private static String show(String setting) throws SQLException {
        try (Connection connection = server.connection("postgres");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SHOW " + setting)) {
            result.next();
            return result.getString(1);
        }
    }
}
