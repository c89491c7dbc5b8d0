package io.autodump.postgres.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Makes a session independent of what its role and its database have set. Only for sessions of AutoDump's own: behind a
 * pooler, others could get them. A statement that runs before, or in a session that may not be AutoDump's own, names
 * the schema of every function and every operator.
 */
public final class OwnSession {
    /** The schemas in which the session found names before, as an array of names. */
    public static final String SCHEMAS = "pg_catalog.current_setting('autodump.schemas')::pg_catalog.name[]";

    /**
     * From here on, names without a schema are the catalog's. In any other schema, somebody may create a function or an
     * operator that takes the place of one of the catalog's, and runs with the rights of the dump or of the restore
     * (PostgreSQL's CVE-2018-1058). The first setting is made before the second.
     */
    private static final String CATALOG_ONLY = """
            SELECT pg_catalog.set_config('autodump.schemas', coalesce(
                       pg_catalog.current_setting('autodump.schemas', true),
                       pg_catalog.current_schemas(true)::pg_catalog.text), false),
                   pg_catalog.set_config('search_path', '', false)""";

    private OwnSession() {}

    /** Removes the server's limits, and lets the session see names of the catalog alone. It may be called again. */
    public static void prepare(Connection connection) throws SQLException {
        ServerLimits.lift(connection);
        try (Statement statement = connection.createStatement()) {
            statement.execute(CATALOG_ONLY);
        }
    }
}
