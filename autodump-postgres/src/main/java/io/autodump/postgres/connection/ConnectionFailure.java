package io.autodump.postgres.connection;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.process.ChildProcess;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.postgresql.util.PSQLException;

/** Explains a refused connection by its SQLState (PostgreSQL manual, "PostgreSQL Error Codes"). */
public final class ConnectionFailure {
    /** The driver's limit for a login, and the socket's for an answer: whichever is over first. */
    private static final Pattern NO_ANSWER_IN_TIME = Pattern.compile("Connection attempt timed out|Read timed out");

    /** Characters that can't be seen: formatting characters, and blanks at the beginning or the end. */
    private static final Pattern UNSEEN = Pattern.compile("\\p{Cf}|^\\p{Z}|\\p{Z}$|^\\s|\\s$");

    /** SQLSTATE of the driver for an answer that it doesn't understand, or that makes no sense. */
    private static final Set<String> NOT_ITS_PROTOCOL = Set.of("08P01", "99999");

    private static final String NO_CONNECTIONS_HINT =
            "the database allows no connections (datallowconn), as template0: name another database in the secret";
    private static final String STARTING_HINT =
            "the server is starting, stopping or recovering: wait until it takes connections, then try again";

    private ConnectionFailure() {}

    public static AutoDumpException explain(DatabaseSecret database, SQLException refused) {
        String state = Optional.ofNullable(refused.getSQLState()).orElse("");
        String reason = ChildProcess.redacting(database.password()).apply(ServerReason.of(refused));
        return switch (state) {
            case "28P01", "28000" ->
                reason.contains("no encryption") || reason.contains("SSL off")
                        ? failure(database, ErrorCode.TLS_REFUSED, reason, tlsWantedHint(database), refused)
                        : failure(database, ErrorCode.AUTHENTICATION_REFUSED, reason, passwordHint(database), refused);
            case "3D000" ->
                failure(
                        database,
                        ErrorCode.DATABASE_NOT_FOUND,
                        reason,
                        "correct the secret's databasename (psql -l lists the databases of the server)",
                        refused);
            case "42501" ->
                failure(
                        database,
                        ErrorCode.PRIVILEGES_MISSING,
                        reason,
                        "GRANT CONNECT ON DATABASE " + Sql.identifier(database.database()) + " TO "
                                + Sql.identifier(database.username()),
                        refused);
            case "53300" ->
                failure(database, ErrorCode.CONNECTION_FAILED, reason, tooManyHint(database, reason), refused);
            case "55000" -> failure(database, ErrorCode.CONNECTION_FAILED, reason, NO_CONNECTIONS_HINT, refused);
            case "57P03" -> failure(database, ErrorCode.CONNECTION_FAILED, reason, STARTING_HINT, refused);
            default -> unexplained(database, reason, refused);
        };
    }

    private static AutoDumpException unexplained(DatabaseSecret database, String reason, SQLException refused) {
        if (isTls(refused)) {
            return failure(database, ErrorCode.TLS_REFUSED, reason, tlsHint(database, reason), refused);
        }
        Optional<String> limit = ServerLimits.hint(refused, database);
        if (limit.isPresent()) {
            return new AutoDumpException(
                    ErrorCode.CONNECTION_FAILED,
                    "the server of database \"" + database.database() + "\" ended a statement of \""
                            + database.username() + "\": " + reason + "; nothing was written",
                    limit.get(),
                    refused);
        }
        if (NO_ANSWER_IN_TIME.matcher(reason).find()) {
            return failure(
                    database,
                    ErrorCode.CONNECTION_FAILED,
                    "the server's machine took the connection, and the server didn't answer in time",
                    "a paused Aurora Serverless needs up to a minute to resume, and AutoDump waits for "
                            + DatabaseConnection.LOGIN_TIMEOUT.toSeconds()
                            + " seconds: try again. Otherwise check that the port is PostgreSQL's and that the server"
                            + " isn't overloaded",
                    refused);
        }
        if (reason.contains("no password was provided") || reason.contains("password is an empty string")) {
            return failure(database, ErrorCode.AUTHENTICATION_REFUSED, reason, passwordHint(database), refused);
        }
        return failure(database, ErrorCode.CONNECTION_FAILED, reason, pathHint(database, refused), refused);
    }

    /** A firewall lets pass what answers in any way. */
    private static String pathHint(DatabaseSecret database, SQLException refused) {
        if (refused instanceof PSQLException answered && answered.getServerErrorMessage() != null) {
            return "the server was reached and gives this reason itself: correct it there (the server's log may say more)";
        }
        return NOT_ITS_PROTOCOL.contains(String.valueOf(refused.getSQLState()))
                ? "what answers at " + database.host() + ":" + database.port()
                        + " isn't a PostgreSQL server: correct endpoint and port in the secret"
                : "check endpoint and port in the secret, that the server runs, and that a firewall or security group"
                        + " lets this machine reach it";
    }

    private static AutoDumpException failure(
            DatabaseSecret database, ErrorCode code, String reason, String hint, SQLException cause) {
        return new AutoDumpException(
                code,
                "no connection to database \"" + database.database() + "\" at " + database.host() + ":"
                        + database.port() + " as \"" + database.username() + "\": " + reason + "; nothing was written",
                hint,
                cause);
    }

    private static boolean isTls(SQLException refused) {
        for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException
                    || String.valueOf(cause.getMessage()).contains("SSL")) {
                return true;
            }
        }
        return ServerReason.of(refused).contains(ServerReason.OTHER_HOST);
    }

    private static String tooManyHint(DatabaseSecret database, String reason) {
        String user = Sql.identifier(database.username());
        if (reason.contains("connections for role")) {
            return "the role's own limit is reached: ALTER ROLE " + user
                    + " CONNECTION LIMIT …, or end its other sessions";
        }
        return reason.contains("connections for database")
                ? "the database's own limit is reached: ALTER DATABASE " + Sql.identifier(database.database())
                        + " CONNECTION LIMIT …, or run the dump at another time"
                : "the server's connections are all in use: raise max_connections, or run the dump at another time";
    }

    private static String passwordHint(DatabaseSecret database) {
        String password = database.password().reveal();
        if (password.isEmpty()) {
            return "the password is empty: put the user's password into the secret, or into the file that holds it";
        }
        if (UNSEEN.matcher(password).find()) {
            return "the secret's password has a blank at an end or a character that can't be seen, such as a zero-width"
                    + " space: copy it again";
        }
        return "correct username and password in the secret (ALTER ROLE " + Sql.identifier(database.username())
                + " PASSWORD …), and see that pg_hba.conf admits the user";
    }

    private static String tlsWantedHint(DatabaseSecret database) {
        return "the server wants TLS, and the secret's sslmode is "
                + database.tls().text() + ": set sslmode to verify-full";
    }

    private static String tlsHint(DatabaseSecret database, String reason) {
        if (reason.contains("does not support SSL")) {
            return "turn TLS on at the server (ssl = on), or, if the network between is trusted, set sslmode to disable"
                    + " in the secret";
        }
        if (reason.contains(ServerReason.OTHER_HOST)) {
            return "use the name in the server's certificate as endpoint, or set sslmode to verify-ca in the secret";
        }
        if (reason.contains("NotAfter") || reason.contains("NotBefore")) {
            return "renew the server's certificate, and check the clock of this machine";
        }
        if (reason.contains("protocol_version") || reason.contains("protocol is disabled")) {
            return "let the server speak TLS 1.2 or 1.3 (ssl_max_protocol_version)";
        }
        return database.sslRootCert().isPresent()
                ? "see that sslrootcert holds the authority that signed the server's certificate"
                : "name the authority that signed the server's certificate as sslrootcert in the secret (for Amazon"
                        + " RDS: its global-bundle.pem)";
    }
}
