package io.autodump.postgres.server;

import io.autodump.core.server.Globals;
import io.autodump.core.server.RequiredExtension;
import io.autodump.core.server.ServerNeeds;
import io.autodump.postgres.globals.RoleDefinitions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the connected database needs from its server: roles and extensions. Any role may read all of it. */
public final class ServerNeedsQuery {
    private static final String EXTENSIONS = """
            SELECT extname, extversion FROM pg_catalog.pg_extension WHERE extname <> 'plpgsql'
             ORDER BY extname COLLATE "C"
            """;

    private ServerNeedsQuery() {}

    /**
     * Reads it.
     *
     * @param named the roles that the database's objects name
     * @param globals whether definitions of roles are read
     */
    public static ServerNeeds run(Connection connection, DumpScope scope, List<String> named, Globals globals)
            throws SQLException {
        Set<String> inRows = new RegroleValues(scope).read(connection);
        Set<String> roles = new TreeSet<>(named);
        roles.addAll(inRows);
        return ServerNeeds.builder()
                .roles(globals == Globals.NONE ? List.of() : RoleDefinitions.read(connection, roles))
                .rolesInRows(inRows)
                .extensions(extensions(connection))
                .build();
    }

    /** The extensions of the connected database, sorted, without the one that every database has. */
    public static List<RequiredExtension> extensions(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(EXTENSIONS)) {
            List<RequiredExtension> extensions = new ArrayList<>();
            while (rows.next()) {
                extensions.add(new RequiredExtension(rows.getString(1), rows.getString(2)));
            }
            return extensions;
        }
    }
}
