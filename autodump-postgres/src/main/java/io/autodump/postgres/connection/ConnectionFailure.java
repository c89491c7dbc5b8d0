package io.autodump.postgres.connection;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.process.ChildProcess;
import java.sql.SQLException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Says what a refused connection means, by its SQLState (PostgreSQL manual, "PostgreSQL Error Codes"). */
public final class ConnectionFailure {
    /** What the driver says when the certificate bears another name. */
    private static final String NAME_REFUSED = "could not be verified by hostnameverifier";

    private ConnectionFailure() {}

    public static AutoDumpException explain(DatabaseSecret database, SQLException refused) {
        String state = Optional.ofNullable(refused.getSQLState()).orElse("");
        String reason = ChildProcess.redacting(database.password()).apply(reason(refused));
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
                failure(
                        database,
                        ErrorCode.CONNECTION_FAILED,
                        reason,
                        "the server's connections are all in use: raise max_connections, or run the dump at another time",
                        refused);
            default -> unexplained(database, reason, refused);
        };
    }

    private static AutoDumpException unexplained(DatabaseSecret database, String reason, SQLException refused) {
        if (isTls(refused)) {
            return failure(database, ErrorCode.TLS_REFUSED, reason, tlsHint(database, reason), refused);
        }
        if (reason.contains("no password was provided")) {
            return failure(database, ErrorCode.AUTHENTICATION_REFUSED, reason, passwordHint(database), refused);
        }
        return failure(
                database,
                ErrorCode.CONNECTION_FAILED,
                reason,
                "check endpoint and port in the secret, that the server runs, and that a firewall or security group"
                        + " lets this machine reach it",
                refused);
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

    /** The driver's words, with those of what lies underneath where it hides them. */
    private static String reason(SQLException refused) {
        StringBuilder reason = new StringBuilder(oneLine(refused));
        for (Throwable cause = refused.getCause(); cause != null; cause = cause.getCause()) {
            String text = oneLine(cause);
            if (!text.isEmpty() && reason.indexOf(text) < 0) {
                reason.append(" (").append(text).append(')');
            }
        }
        return reason.toString();
    }

    private static String oneLine(Throwable failure) {
        String message = failure.getMessage();
        return message == null
                ? ""
                : message.strip().replaceAll("\\s*\\R\\s*", " ").replaceAll("\\.$", "");
    }

    private static boolean isTls(SQLException refused) {
        for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException || oneLine(cause).contains("SSL")) {
                return true;
            }
        }
        return oneLine(refused).contains(NAME_REFUSED);
    }

    private static String passwordHint(DatabaseSecret database) {
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
        if (reason.contains(NAME_REFUSED)) {
            return "use the name in the server's certificate as endpoint, or set sslmode to verify-ca in the secret";
        }
        return database.sslRootCert().isPresent()
                ? "see that sslrootcert holds the authority that signed the server's certificate"
                : "name the authority that signed the server's certificate as sslrootcert in the secret (for Amazon RDS:"
                        + " its global-bundle.pem)";
    }
}
