package io.autodump.postgres.restore;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.Uninterrupted;
import io.autodump.postgres.connection.DatabaseConnection;
import io.autodump.postgres.connection.ServerReason;
import io.autodump.postgres.connection.Sql;
import io.autodump.postgres.server.DatabaseRoles;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Roles that exist on a scratch server for the time of one restore check. Two checks at the same time may need the same
 * role. It is then created once, and the last check drops it: the server doesn't drop a role that owns something.
 */
public final class ScratchRoles implements AutoCloseable {
    private static final String DUPLICATE = "42710";
    private static final String MAY_CREATE = """
        SELECT rolsuper OR rolcreatedb, rolsuper OR rolcreaterole
          FROM pg_catalog.pg_roles WHERE rolname = current_user
        """;

    private final DatabaseSecret scratch;
    private final List<String> created;
    private final boolean superuser;

    private ScratchRoles(DatabaseSecret scratch, List<String> created, boolean superuser) {
        this.scratch = scratch;
        this.created = List.copyOf(created);
        this.superuser = superuser;
    }

    /**
     * Looks whether the user may create databases and roles.
     *
     * @throws AutoDumpException {@code PRIVILEGES_MISSING}
     */
    public static void requireMayCreate(Connection connection, DatabaseSecret scratch) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(MAY_CREATE)) {
            if (!result.next() || !result.getBoolean(1) || !result.getBoolean(2)) {
                String user = Sql.identifier(scratch.username());
                throw new AutoDumpException(
                        ErrorCode.PRIVILEGES_MISSING,
                        user + " may not create databases and roles on the scratch server " + scratch.host() + ":"
                                + scratch.port() + "; nothing was dumped",
                        "ALTER ROLE " + user + " CREATEDB CREATEROLE;");
            }
        }
    }

    /** Whether the user who has created them is a superuser. */
    public boolean areBySuperuser() {
        return superuser;
    }

    private static boolean isSuperuser(Statement statement) throws SQLException {
        try (ResultSet result =
                statement.executeQuery("SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user")) {
            return result.next() && result.getBoolean(1);
        }
    }

    /** Creates those of the roles that aren't there. */
    public static ScratchRoles create(DatabaseSecret scratch, List<String> wanted) {
        List<String> created = new ArrayList<>();
        try (Connection connection = RestoreSession.writable(DatabaseConnection.open(scratch));
                Statement statement = connection.createStatement()) {
            for (String role : DatabaseRoles.missing(connection, wanted)) {
                if (create(statement, role)) {
                    created.add(role);
                }
            }
            return new ScratchRoles(scratch, created, isSuperuser(statement));
        } catch (SQLException refused) {
            new ScratchRoles(scratch, created, false).close();
            throw new AutoDumpException(
                    ErrorCode.RESTORE_FAILED,
                    "the dump's roles couldn't be created on the scratch server: " + ServerReason.of(refused)
                            + "; nothing was published",
                    "create the roles there yourself: "
                            + wanted.stream().map(Sql::identifier).collect(Collectors.joining(", ")),
                    refused);
        }
    }

    private static boolean create(Statement statement, String role) throws SQLException {
        try {
            String name = Sql.quoted(role);
            statement.execute("CREATE ROLE " + name);
            // A user who isn't a superuser gives objects away only to roles that it belongs to.
            statement.execute("GRANT " + name + " TO CURRENT_USER");
            return true;
        } catch (SQLException refused) {
            if (DUPLICATE.equals(refused.getSQLState())) {
                return false;
            }
            throw refused;
        }
    }

    /** Drops the roles that {@link #create} created, except those that another check uses now. */
    @Override
    public void close() {
        if (!created.isEmpty()) {
            Uninterrupted.run(this::dropAll);
        }
    }

    private void dropAll() {
        try (Connection connection = RestoreSession.writable(DatabaseConnection.open(scratch));
                Statement statement = connection.createStatement()) {
            for (String role : created) {
                drop(statement, role);
            }
        } catch (SQLException | AutoDumpException leftBehind) {
            // They can't log in and own nothing; the next check finds them there.
        }
    }

    private static void drop(Statement statement, String role) {
        try {
            statement.execute("DROP ROLE IF EXISTS " + Sql.quoted(role));
        } catch (SQLException needed) {
            // See above.
        }
    }
}
