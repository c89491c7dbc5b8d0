package io.autodump.postgres.connection;

import com.google.common.collect.Comparators;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/**
 * Connects by JDBC with the host, the user, the TLS mode and the authorities that the client programs get. An interrupt
 * ends every wait for the server, and closes the connection.
 */
public final class DatabaseConnection {
    public static final String APPLICATION_NAME = "autodump";
    /** The logger of messages about waiting and trying again. */
    public static final String LOG_NAME = "io.autodump.postgres";

    private static final Duration CLEAN_UP_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);
    /**
     * How long a server may be silent after it accepted the connection. A paused Aurora Serverless needs up to
     * a minute.
     */
    static final Duration LOGIN_TIMEOUT = Duration.ofSeconds(90);
    /** The limit for each answer to a catalog query. */
    public static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(2);

    /** A busy server may need this time for a catalog query. */
    private static final Duration LEAST_ANSWER_TIMEOUT = Duration.ofSeconds(10);

    private DatabaseConnection() {}

    /** Connects for short queries. A query fails if it isn't answered within two minutes. */
    public static Connection open(DatabaseSecret database) {
        return open(database, ANSWER_TIMEOUT);
    }

    /**
     * Connects for short queries, before work that has a stall timeout: that limits each answer, within ten seconds and
     * two minutes.
     */
    public static Connection open(DatabaseSecret database, Duration stallTimeout) {
        Duration answer = Comparators.max(LEAST_ANSWER_TIMEOUT, Comparators.min(ANSWER_TIMEOUT, stallTimeout));
        return open(database, APPLICATION_NAME, CONNECT_TIMEOUT, LOGIN_TIMEOUT, answer);
    }

    /** Connects for queries without a time limit. TCP keeps the connection alive. */
    public static Connection openForLongQueries(DatabaseSecret database, String applicationName) {
        return open(database, applicationName, CONNECT_TIMEOUT, LOGIN_TIMEOUT, Duration.ZERO);
    }

    /** Connects for work that isn't worth waiting for. The login and each answer get this time. */
    public static Connection openBriefly(DatabaseSecret database, Duration limit) {
        return open(database, APPLICATION_NAME, limit, limit, limit);
    }

    /**
     * Connects to clean up after a failure: a server that doesn't let the user in within ten seconds isn't waited for.
     * The limit for each answer is that of {@link #open}.
     */
    public static Connection openToCleanUp(DatabaseSecret database) {
        return open(database, APPLICATION_NAME, CLEAN_UP_TIMEOUT, CLEAN_UP_TIMEOUT, ANSWER_TIMEOUT);
    }

    /**
     * Connects. Sets nothing on the session that isn't part of the startup message, so that the other clients of a
     * pooler aren't affected.
     *
     * @param connectTimeout the limit until the server's machine accepts the connection
     * @param loginTimeout the limit until the server has let the user in
     * @param answerTimeout the limit for each answer of the server; zero for none
     * @throws AutoDumpException {@code CONNECTION_FAILED}, {@code AUTHENTICATION_REFUSED}, {@code TLS_REFUSED}, {@code
     *     DATABASE_NOT_FOUND}, {@code PRIVILEGES_MISSING}; {@code INTERRUPTED} if the thread is interrupted meanwhile
     */
    static Connection open(
            DatabaseSecret database,
            String applicationName,
            Duration connectTimeout,
            Duration loginTimeout,
            Duration answerTimeout) {
        Properties properties = new Properties();
        properties.setProperty("PGHOST", isSocket(database) ? "localhost" : withoutBrackets(database.host()));
        properties.setProperty("PGPORT", String.valueOf(database.port()));
        properties.setProperty("user", database.username());
        properties.setProperty("password", database.password().reveal());
        properties.setProperty("ApplicationName", applicationName);
        // Otherwise the driver sets the application's name by a statement, which a transaction pooler may run in
        // another client's session.
        properties.setProperty("assumeMinServerVersion", "9.0");
        properties.setProperty("connectTimeout", String.valueOf(connectTimeout.toSeconds()));
        properties.setProperty("loginTimeout", String.valueOf(loginTimeout.toSeconds()));
        properties.setProperty("sslResponseTimeout", String.valueOf(loginTimeout.toMillis()));
        properties.setProperty("socketTimeout", String.valueOf(answerTimeout.toSeconds()));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("gssEncMode", "disable");
        // Rows are copied in the encoding of their database. Otherwise the driver ends a session that sets another one
        // than UTF-8.
        properties.setProperty("allowEncodingChanges", "true");
        properties.setProperty("sslmode", database.tls().text());
        TrustedAuthorities.of(database).ifPresent(file -> properties.setProperty("sslrootcert", file.toString()));
        if (isSocket(database)) {
            // The name of the socket in its folder is defined by PostgreSQL (manual, "Connection Settings").
            properties.setProperty("socketFactory", UnixSocketFactory.class.getName());
            properties.setProperty("socketFactoryArg", database.host() + "/.s.PGSQL." + database.port());
        } else {
            properties.setProperty("socketFactory", InterruptibleSocketFactory.class.getName());
        }
        try (ServerWait wait = ServerWait.begin(database, loginTimeout)) {
            return connect(database, properties, wait);
        } catch (SQLException refused) {
            requireNotInterrupted(refused);
            throw ConnectionFailure.explain(database, refused);
        } catch (RuntimeException failed) {
            // The driver connects in a thread of its own. If the waiting thread is interrupted, the driver reports
            // a failure.
            requireNotInterrupted(failed);
            throw failed;
        }
    }

    /** A server that is starting refuses connections until it has recovered. */
    private static Connection connect(DatabaseSecret database, Properties properties, ServerWait wait)
            throws SQLException {
        while (true) {
            try {
                return DriverManager.getConnection(url(database), properties);
            } catch (SQLException refused) {
                if (!wait.isWorthwhile(refused)) {
                    throw refused;
                }
            }
        }
    }

    /**
     * Replaces the failure of a thread that was asked to stop: it says nothing about the server.
     *
     * @throws AutoDumpException {@code INTERRUPTED} if the thread is interrupted
     */
    public static void requireNotInterrupted(Exception failure) {
        if (Thread.currentThread().isInterrupted()) {
            throw new AutoDumpException(
                    ErrorCode.INTERRUPTED,
                    "stopped while it waited for the server; nothing was written",
                    "run it again",
                    failure);
        }
    }

    private static boolean isSocket(DatabaseSecret database) {
        return database.host().startsWith("/");
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /**
     * The driver takes only the database's name from here. Host and port are properties, because a URL would be parsed.
     */
    private static String url(DatabaseSecret database) {
        return "jdbc:postgresql:" + URLEncoder.encode(database.database(), StandardCharsets.UTF_8);
    }
}
