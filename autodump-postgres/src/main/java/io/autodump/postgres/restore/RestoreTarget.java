package io.autodump.postgres.restore;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.internal.Uninterrupted;
import io.autodump.core.restore.RoleCreation;
import io.autodump.postgres.connection.DatabaseConnection;
import io.autodump.postgres.connection.ServerReason;
import io.autodump.postgres.connection.Sql;
import io.autodump.postgres.load.PartLoading;
import io.autodump.postgres.role.MissingRoles;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * The target database of a restore, and its server.
 *
 * @param secret the connection to it
 */
record RestoreTarget(DatabaseSecret secret) {
    static final String APPLICATION_NAME = "autodump restore";

    /** The databases to connect to in order to create or drop another one. The first that exists is used. */
    private static final List<String> MAINTENANCE_DATABASES = List.of("postgres", "template1");

    private static final int FIRST_WITH_FORCE = 13;

    /** Opens a connection for short queries. Empty if the server has no such database. */
    Optional<Connection> connect() {
        return connect(secret, DatabaseConnection::open);
    }

    /** Opens a connection to the target without a time limit for queries. */
    Connection connectForLongQueries() throws SQLException {
        return RestoreSession.writable(DatabaseConnection.openForLongQueries(secret, APPLICATION_NAME));
    }

    /** Opens sessions without a time limit, which act as the role of the restore. */
    PartLoading.Sessions sessions(RestoreOptions options) {
        return () -> {
            Connection session = connectForLongQueries();
            RestoreSession.assume(session, options.role());
            return session;
        };
    }

    /** Opens a connection to the same server, but not to the target. */
    Connection connectToServer() {
        return connectToServer(DatabaseConnection::open);
    }

    private Connection connectToServer(Function<DatabaseSecret, Connection> opening) {
        return MAINTENANCE_DATABASES.stream()
                .filter(name -> !name.equals(secret.database()))
                .flatMap(name -> connect(otherDatabase(name), opening).stream())
                .findFirst()
                .orElseThrow(() -> new AutoDumpException(
                        ErrorCode.DATABASE_NOT_FOUND,
                        "the server at " + secret.host() + ":" + secret.port() + " has none of the databases "
                                + MAINTENANCE_DATABASES + " to connect to; nothing was changed",
                        "create the target database yourself, then restore into it"));
    }

    /** Returns the same connection for another database. */
    DatabaseSecret otherDatabase(String name) {
        return DatabaseSecret.builder().from(secret).database(name).build();
    }

    /**
     * Creates the roles that the dump needs and the server doesn't have.
     *
     * @return what the server refused, a sentence each
     */
    List<String> createRoles(DumpManifest manifest, RoleCreation creation) {
        if (creation == RoleCreation.NONE) {
            return List.of();
        }
        try (Connection connection = RestoreSession.writable(connectToServer())) {
            return MissingRoles.of(connection, manifest).create(connection, creation);
        } catch (SQLException refused) {
            DatabaseConnection.requireNotInterrupted(refused);
            throw new AutoDumpException(
                    ErrorCode.RESTORE_FAILED,
                    "the dump's roles couldn't be created: " + ServerReason.of(refused) + "; no database was changed",
                    "create them yourself; or " + Hints.NO_OWNERS + ", and don't create roles",
                    refused);
        }
    }

    /**
     * Creates the target from {@code template0}, which contains nothing that could collide, with the encoding and the
     * locale of the dumped database. If the manifest doesn't record them: UTF-8 and the server's locale.
     */
    void create(NewDatabase database) {
        create(database, "nothing was changed");
    }

    private void create(NewDatabase database, String consequence) {
        try (Connection connection = RestoreSession.writable(connectToServer());
                Statement statement = connection.createStatement()) {
            boolean fallback = database.properties().isEmpty() && !isUtf8(statement);
            statement.execute(database.creation() + (fallback ? " ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'" : ""));
        } catch (SQLException refused) {
            requireNotInterrupted(refused);
            throw new AutoDumpException(
                    ErrorCode.RESTORE_FAILED,
                    "database \"" + secret.database() + "\" couldn't be created: " + ServerReason.of(refused) + "; "
                            + consequence,
                    CreationHint.of(refused, this::installedLocales),
                    refused);
        }
    }

    /** The interrupt has closed the connection, and the server may go on with what it was asked to do. */
    private void requireNotInterrupted(SQLException failure) {
        if (Thread.currentThread().isInterrupted()) {
            throw new AutoDumpException(
                    ErrorCode.INTERRUPTED,
                    "stopped while database \"" + secret.database() + "\" was being created; nothing was restored",
                    "if the database is there, it is empty: drop it",
                    failure);
        }
    }

    /**
     * Runs the statements that set properties of the database, each on its own.
     *
     * @return one sentence for each statement that failed
     */
    List<String> set(List<String> statements) {
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
            failures.add("the database's own settings weren't restored: " + ServerReason.of(unreachable));
        }
        return failures;
    }

    private static Optional<String> execute(Statement statement, String sql) {
        try {
            statement.execute(sql);
            return Optional.empty();
        } catch (SQLException refused) {
            return Optional.of("not restored: " + sql + " (" + ServerReason.of(refused) + ")");
        }
    }

    /**
     * Returns the locales of the C library that the server found when its cluster was created. Empty if it doesn't say.
     */
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
     * Drops the target if it exists, and ends its connections, on an interrupted thread too. Returns whether
     * that worked.
     */
    boolean drop() {
        AtomicBoolean dropped = new AtomicBoolean();
        Uninterrupted.run(() -> dropped.set(tryToDrop()));
        return dropped.get();
    }

    private boolean tryToDrop() {
        try {
            dropNow(DatabaseConnection::openToCleanUp);
            return true;
        } catch (SQLException | AutoDumpException stillThere) {
            return false;
        }
    }

    /**
     * Drops the target, ending whatever is connected to it, and creates it anew. Creates one like it first, under
     * another name: if the server can't make it, the target stays.
     */
    void replace(NewDatabase database) {
        RestoreTarget trial = new RestoreTarget(otherDatabase("autodump_trial_" + UUID.randomUUID()));
        create(database.asTrial(trial.secret().database()));
        trial.drop();
        clear();
        create(database, "the database that was there is dropped");
    }

    private void clear() {
        try {
            dropNow(DatabaseConnection::open);
        } catch (SQLException refused) {
            requireNotInterrupted(refused);
            throw new AutoDumpException(
                    ErrorCode.RESTORE_FAILED,
                    "database \"" + secret.database() + "\" couldn't be dropped: " + ServerReason.of(refused)
                            + "; nothing was changed",
                    "see who uses it in pg_stat_activity; or drop it yourself, then " + Hints.CREATE_TARGET,
                    refused);
        }
    }

    private void dropNow(Function<DatabaseSecret, Connection> opening) throws SQLException {
        try (Connection connection = RestoreSession.writable(connectToServer(opening));
                Statement statement = connection.createStatement()) {
            boolean force = connection.getMetaData().getDatabaseMajorVersion() >= FIRST_WITH_FORCE;
            if (!force) {
                endSessions(connection);
            }
            String drop = "DROP DATABASE IF EXISTS " + Sql.quoted(secret.database()) + (force ? " WITH (FORCE)" : "");
            if (isTemplate(connection)) {
                dropTemplate(statement, drop);
            } else {
                statement.execute(drop);
            }
        }
    }

    /** The server drops no database with this flag. If it refuses for another reason, the flag comes back. */
    private void dropTemplate(Statement statement, String drop) throws SQLException {
        String flag = "ALTER DATABASE " + Sql.quoted(secret.database()) + " IS_TEMPLATE ";
        statement.execute(flag + "false");
        try {
            statement.execute(drop);
        } catch (SQLException refused) {
            statement.execute(flag + "true");
            throw refused;
        }
    }

    private boolean isTemplate(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT datistemplate FROM pg_catalog.pg_database WHERE datname = ?")) {
            statement.setString(1, secret.database());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
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

    private static Optional<Connection> connect(DatabaseSecret database, Function<DatabaseSecret, Connection> opening) {
        try {
            return Optional.of(opening.apply(database));
        } catch (AutoDumpException failed) {
            if (failed.code() == ErrorCode.DATABASE_NOT_FOUND) {
                return Optional.empty();
            }
            throw failed;
        }
    }
}
