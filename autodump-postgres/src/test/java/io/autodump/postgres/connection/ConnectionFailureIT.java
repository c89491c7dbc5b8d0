package io.autodump.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.database.TlsMode;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.postgres.PostgresMessages;
import io.autodump.postgres.TestForwarder;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class ConnectionFailureIT {
    /** Longer than a connection to a server that is awake could take, and than the old limit of a login. */
    private static final Duration RESUME = Duration.ofSeconds(32);

    private static TestPostgres server;

    @BeforeAll
    static void startServer() {
        server = TestPostgres.start();
        server.execute("postgres", "CREATE ROLE reader LOGIN PASSWORD 'sesame'");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    /** A paused Aurora Serverless takes a connection at once and answers when it has resumed. */
    @Test
    void waitsForAServerThatResumesAndSaysSo() throws IOException, SQLException {
        List<String> messages = new CopyOnWriteArrayList<>();
        PostgresMessages.passTo(messages::add);
        CountDownLatch resumed = new CountDownLatch(1);
        CompletableFuture<Void> resuming = CompletableFuture.runAsync(
                resumed::countDown, CompletableFuture.delayedExecutor(RESUME.toSeconds(), TimeUnit.SECONDS));
        try (TestForwarder paused = TestForwarder.holding(server, resumed);
                Connection connection = DatabaseConnection.open(paused.before(server.secret("postgres")))) {
            assertThat(connection.isValid(5)).isTrue();
        }
        resuming.join();
        assertThat(messages).singleElement(STRING).startsWith("waiting up to 90 seconds for the server at ");
    }

    @Test
    void waitsForAServerThatIsStarting() throws IOException, SQLException {
        try (TestForwarder starting = TestForwarder.start(server).startingUp(2);
                Connection connection = DatabaseConnection.open(starting.before(server.secret("postgres")))) {
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    void givesUpAServerThatKeepsStarting() throws IOException {
        try (TestForwarder starting = TestForwarder.start(server).startingUp(Integer.MAX_VALUE)) {
            DatabaseSecret database = starting.before(server.secret("postgres"));

            AutoDumpException failure = catchThrowableOfType(
                    AutoDumpException.class, () -> DatabaseConnection.openBriefly(database, Duration.ofSeconds(1)));

            assertThat(failure.code()).isEqualTo(ErrorCode.CONNECTION_FAILED);
            assertThat(failure).hasMessageContaining("the database system is starting up");
        }
    }

    @Test
    void saysWhyItWaitedForAServerThatDoesNotAnswer() throws IOException {
        try (TestForwarder paused = TestForwarder.holding(server, new CountDownLatch(1))) {
            DatabaseSecret database = paused.before(server.secret("postgres"));

            AutoDumpException failure = catchThrowableOfType(
                    AutoDumpException.class, () -> DatabaseConnection.openBriefly(database, Duration.ofSeconds(1)));

            assertThat(failure.code()).isEqualTo(ErrorCode.CONNECTION_FAILED);
            assertThat(failure).hasMessageContaining("the server didn't answer in time");
            assertThat(failure.hint().orElseThrow()).startsWith("a paused Aurora Serverless needs up to a minute");
        }
    }

    @Test
    void namesADatabaseThatTakesNoConnections() {
        assertThat(hint(server.secret("template0"))).startsWith("the database allows no connections (datallowconn)");
    }

    @Test
    void namesTheLimitThatIsReached() throws SQLException {
        server.createDatabase("narrow");
        server.execute("postgres", "ALTER DATABASE narrow CONNECTION LIMIT 0; ALTER ROLE reader CONNECTION LIMIT 1");
        DatabaseSecret reader = server.secret("postgres", "reader", Password.of("sesame"));

        assertThat(hint(server.secret("narrow", "reader", Password.of("sesame"))))
                .startsWith("the database's own limit is reached: ALTER DATABASE narrow CONNECTION LIMIT");
        try (Connection only = DatabaseConnection.open(reader)) {
            assertThat(only.isValid(5)).isTrue();
            assertThat(hint(reader)).startsWith("the role's own limit is reached: ALTER ROLE reader CONNECTION LIMIT");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"open\u200Bsesame", " opensesame", "opensesame\u00A0"})
    void namesAPasswordWithWhatCannotBeSeen(String password) {
        assertThat(hint(server.secret("postgres", "reader", Password.of(password))))
                .contains("a blank at an end or a character that can't be seen");
    }

    @Test
    void namesAnEmptyPassword() {
        assertThat(hint(server.secret("postgres", "reader", Password.of("")))).startsWith("the password is empty");
    }

    /** Each of these has a meaning in a URL, and none in a name. */
    @ParameterizedTest
    @ValueSource(strings = {"a/b", "50%", "x y", "postgres://x", "ünï", "a?sslmode=disable&x=y", "a+b", "a,b"})
    void takesTheNameOfADatabaseAsItIs(String name) throws SQLException {
        server.createDatabase(name);
        try (Connection connection = DatabaseConnection.open(server.secret(name));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_database()")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo(name);
        }
    }

    /** Firewalls have nothing to do with it. */
    @Test
    void saysThatTheServerItselfGivesTheReason() {
        server.execute("postgres", "CREATE ROLE loader LOGIN PASSWORD 'sesame'");
        server.execute("postgres", "ALTER ROLE loader SET session_preload_libraries = 'no-such-library'");

        assertThat(hint(server.secret("postgres", "loader", Password.of("sesame"))))
                .startsWith("the server was reached and gives this reason itself");
    }

    @Test
    void saysThatAnotherKindOfServerAnswers() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> answer = CompletableFuture.runAsync(() -> greet(other));
            DatabaseSecret database = DatabaseSecret.builder()
                    .from(server.secret("postgres"))
                    .host("127.0.0.1")
                    .port(other.getLocalPort())
                    .tls(TlsMode.DISABLE)
                    .build();

            assertThat(hint(database))
                    .isEqualTo("what answers at 127.0.0.1:" + other.getLocalPort()
                            + " isn't a PostgreSQL server: correct endpoint and port in the secret");
            answer.join();
        }
    }

    private static void greet(ServerSocket listener) {
        try (Socket client = listener.accept()) {
            client.getOutputStream().write("SSH-2.0-other\r\n".getBytes(StandardCharsets.US_ASCII));
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException closed) {
            // The driver has seen enough.
        }
    }

    @Test
    void tellsWhatTheDriverCannotReadFromAFaultOfItsOwn() {
        RuntimeException ofDriver = new IllegalStateException();
        ofDriver.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("java.util.ArrayDeque", "remove", null, 1),
            new StackTraceElement("org.postgresql.core.v3.QueryExecutorImpl", "execute", null, 1),
            new StackTraceElement("io.autodump.postgres.server.Preflight", "inspect", null, 1)
        });
        RuntimeException own = new IllegalStateException();

        assertThat(ServerReason.isGarbled(ofDriver)).isTrue();
        assertThat(ServerReason.isGarbled(own)).isFalse();
    }

    private static String hint(DatabaseSecret database) {
        return catchThrowableOfType(AutoDumpException.class, () -> DatabaseConnection.open(database))
                .hint()
                .orElseThrow();
    }
}
