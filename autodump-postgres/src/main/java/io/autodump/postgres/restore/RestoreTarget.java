package io.autodump.postgres.restore;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.Uninterrupted;
import io.autodump.postgres.connection.DatabaseConnection;
import io.autodump.postgres.connection.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The database that is restored into, and the server around it.
 *
 * @param secret how to connect to it
 */
record RestoreTarget(DatabaseSecret secret) {
    static final String APPLICATION_NAME = "autodump restore";

    /** Where one connects to in order to create or drop another database; the first that is there is used. */
    private static final List<String> MAINTENANCE_DATABASES = List.of("postgres", "template1");

    private static final int FIRST_WITH_FORCE = 13;

    /** A connection for short queries; empty if the server has no such database. */
    Optional<Connection> connect() {
        return connect(secret);
    }

    /** A connection to the target that waits for as long as a query takes. */
    Connection connectForLongQueries() throws SQLException {
        return RestoreSession.writable(DatabaseConnection.openForLongQueries(secret, APPLICATION_NAME));
    }

    /** A connection to the same server, not to the target. */
    Connection connectToServer() {
        return MAINTENANCE_DATABASES.stream()
                .filter(name -> !name.equals(secret.database()))
                .flatMap(name -> connect(otherDatabase(name)).stream())
                .findFirst()
                .orElseThrow(() -> new AutoDumpException(
                        ErrorCode.DATABASE_NOT_FOUND,
                        "the server at " + secret.host() + ":" + secret.port() + " has none of the databases "
                                + MAINTENANCE_DATABASES + " to connect to; nothing was changed",
                        "create the target database yourself, then restore into it"));
    }

    /** The same connection to another database. */
    DatabaseSecret otherDatabase(String name) {
        return DatabaseSecret.builder().from(secret).database(name).build();
    }

    /**
     * Creates the target from {@code template0}, which holds nothing that a restore could collide with, in the encoding
     * and the locale of the dumped database. A manifest that doesn't record them gives UTF-8 in the server's locale.
     */
    void create(NewDatabase database) {
        try (Connection connection = RestoreSession.writable(connectToServer());
                Statement statement = connection.createStatement()) {
            boolean fallback = database.properties().isEmpty() && !isUtf8(statement);
            statement.execute(database.creation() + (fallback ? " ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'" : ""));
        } catch (SQLException refused) {
            throw new AutoDumpException(
                    ErrorCode.RESTORE_FAILED,
                    "database \"" + secret.database() + "\" couldn't be created: " + refused.getMessage()
                            + "; nothing was changed",
                    CreationHint.of(refused, this::installedLocales),
                    refused);
        }
    }

    /**
     * Runs statements that set what belongs to the database itself, each on its own.
     *
     * @return why a statement failed, a sentence each
     */
    List<String> finish(List<String> statements) {
        List<String> failures = new ArrayList<>();
        if (statements.isEmpty()) {
            return failures;
        }
        try (Connection connection = RestoreSession.writable(connectToServer());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                execute(statement, sql).ifPresent(failures::add);
            }
        } catch (SQLException unreachable) {
            failures.add("the database's own settings weren't restored: " + unreachable.getMessage());
        }
        return failures;
    }

    private static Optional<String> execute(Statement statement, String sql) {
        try {
            statement.execute(sql);
            return Optional.empty();
        } catch (SQLException refused) {
            return Optional.of("not restored: " + sql + " (" + refused.getMessage() + ")");
        }
    }

    /** The locales of the C library that the server knew when its cluster was made; empty if it doesn't tell. */
    private List<String> installedLocales() {
        try (Connection connection = RestoreSession.writable(connectToServer());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT DISTINCT collcollate FROM pg_catalog.pg_collation"
                        + " WHERE collprovider = 'c' AND collcollate <> '' ORDER BY 1")) {
            List<String> locales = new ArrayList<>();
            while (result.next()) {
                locales.add(result.getString(1));
            }
            return locales;
        } catch (SQLException | AutoDumpException unknown) {
            return List.of();
        }
    }

    /**
     * Drops the target if it is there, ending whatever is connected to it, also on a thread that is interrupted. Says
     * whether that worked.
     */
    boolean drop() {
        AtomicBoolean dropped = new AtomicBoolean();
        Uninterrupted.run(() -> dropped.set(tryToDrop()));
        return dropped.get();
    }

    private boolean tryToDrop() {
        try (Connection connection = RestoreSession.writable(connectToServer());
                Statement statement = connection.createStatement()) {
            boolean force = connection.getMetaData().getDatabaseMajorVersion() >= FIRST_WITH_FORCE;
            if (!force) {
                endSessions(connection);
            }
            statement.execute(
                    "DROP DATABASE IF EXISTS " + Sql.quoted(secret.database()) + (force ? " WITH (FORCE)" : ""));
            return true;
        } catch (SQLException | AutoDumpException stillThere) {
            return false;
        }
    }

    private void endSessions(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity WHERE datname = ?")) {
            statement.setString(1, secret.database());
            statement.execute();
        }
    }

    private static boolean isUtf8(Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery("SELECT pg_catalog.pg_encoding_to_char(encoding) = 'UTF8'"
                + " FROM pg_catalog.pg_database WHERE datname = 'template0'")) {
            return result.next() && result.getBoolean(1);
        }
    }

    private static Optional<Connection> connect(DatabaseSecret database) {
        try {
            return Optional.of(DatabaseConnection.open(database));
        } catch (AutoDumpException failed) {
            if (failed.code() == ErrorCode.DATABASE_NOT_FOUND) {
                return Optional.empty();
            }
            throw failed;
        }
    }
}
