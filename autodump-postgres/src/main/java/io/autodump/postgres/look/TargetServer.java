package io.autodump.postgres.look;

import io.autodump.postgres.connection.RefusedStatement;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Questions to the server of a target, over a connection that changes nothing. Not thread-safe. */
public final class TargetServer {
    private static final int FIRST_WITH_CLOSED_PUBLIC = 15;
    private static final int FIRST_WITH_SET_OPTION = 16;

    private static final String EXTENSIONS = """
            SELECT a.name, a.default_version, a.installed_version, coalesce(v.superuser, true),
                   coalesce((pg_catalog.to_jsonb(v) ->> 'trusted')::boolean, false),
                   (SELECT NOT pg_catalog.pg_has_role(current_user, e.extowner, 'USAGE')
                      FROM pg_catalog.pg_extension e WHERE e.extname = a.name)
              FROM pg_catalog.pg_available_extensions a
              LEFT JOIN pg_catalog.pg_available_extension_versions v
                ON v.name = a.name AND v.version = a.default_version
             WHERE a.name = ANY (?)
            """;

    private static final String WITHOUT_CREATE = """
            SELECT w.name FROM pg_catalog.unnest(?::text[]) AS w (name)
              LEFT JOIN pg_catalog.pg_roles r ON r.rolname = w.name
             WHERE NOT EXISTS (
                       SELECT 1 FROM pg_catalog.pg_namespace n
                        WHERE n.nspname = ?
                          AND pg_catalog.has_schema_privilege(coalesce(r.rolname, 'public'), n.oid, 'CREATE'))
             ORDER BY 1
            """;

    private static final String NO_SUPERUSERS = """
            SELECT w.name FROM pg_catalog.unnest(?::text[]) AS w (name)
             WHERE NOT EXISTS (SELECT 1 FROM pg_catalog.pg_roles r WHERE r.rolname = w.name AND r.rolsuper)
             ORDER BY 1
            """;

    private final Connection connection;
    private final boolean inTarget;
    private final int major;
    private final boolean superuser;
    private final boolean managed;

    /**
     * Asks who the user is.
     *
     * @param inTarget whether the connection is to the target database; if not, that will be created
     */
    public TargetServer(Connection connection, boolean inTarget) throws SQLException {
        this.connection = connection;
        this.inTarget = inTarget;
        this.major = connection.getMetaData().getDatabaseMajorVersion();
        this.superuser = isTrue("SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user");
        this.managed = isTrue("SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_roles WHERE rolname IN ('rds_superuser',"
                + " 'cloudsqlsuperuser', 'azure_pg_admin', 'alloydbsuperuser')"
                + " AND pg_catalog.pg_has_role(current_user, oid, 'USAGE'))");
    }

    boolean isSuperuser() {
        return superuser;
    }

    /** Whether the user is the administrator of a managed service, who may do more than the server says. */
    boolean isManaged() {
        return managed;
    }

    boolean isTarget() {
        return inTarget;
    }

    int major() {
        return major;
    }

    String user() throws SQLException {
        return texts("SELECT current_user").get(0);
    }

    /** Those of the roles that exist and that the user can't make an owner. */
    List<String> notSettable(Collection<String> roles) throws SQLException {
        String kind = major >= FIRST_WITH_SET_OPTION ? "SET" : "MEMBER";
        return texts(
                "SELECT rolname FROM pg_catalog.pg_roles WHERE rolname = ANY (?)"
                        + " AND NOT pg_catalog.pg_has_role(current_user, oid, '" + kind + "') ORDER BY 1",
                roles);
    }

    boolean isMemberOf(String role) throws SQLException {
        return !texts(
                        "SELECT rolname FROM pg_catalog.pg_roles WHERE rolname = ANY (?)"
                                + " AND pg_catalog.pg_has_role(current_user, oid, 'USAGE')",
                        List.of(role))
                .isEmpty();
    }

    /**
     * Returns the roles that may create nothing in the schema. A role that doesn't exist yet has the privileges of
     * PUBLIC. In a new database, only the owner of the schema and superusers may create something.
     */
    List<String> withoutCreate(String schema, Collection<String> roles) throws SQLException {
        if (inTarget) {
            return texts(WITHOUT_CREATE, roles, schema);
        }
        boolean open = schema.equals("public") && major < FIRST_WITH_CLOSED_PUBLIC;
        return open ? List.of() : texts(NO_SUPERUSERS, roles);
    }

    boolean mayCreateIn(String schema) throws SQLException {
        return !inTarget || withoutCreate(schema, List.of(user())).isEmpty();
    }

    boolean hasSchema(String schema) throws SQLException {
        return inTarget
                && !texts("SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname = ANY (?)", List.of(schema))
                        .isEmpty();
    }

    boolean mayCreateInDatabase() throws SQLException {
        return !inTarget || isTrue("SELECT pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE')");
    }

    List<String> missingTablespaces(Collection<String> names) throws SQLException {
        List<String> missing = new ArrayList<>(names);
        missing.removeAll(texts(
                "SELECT spcname FROM pg_catalog.pg_tablespace WHERE spcname = ANY (?)"
                        + " AND pg_catalog.has_tablespace_privilege(oid, 'CREATE')",
                names));
        return missing;
    }

    List<String> missingCollations(Collection<String> names) throws SQLException {
        List<String> missing = new ArrayList<>(names);
        missing.removeAll(texts(
                "SELECT c.collname FROM pg_catalog.pg_collation c JOIN pg_catalog.pg_namespace n"
                        + " ON n.oid = c.collnamespace WHERE n.nspname = 'pg_catalog' AND c.collname = ANY (?)",
                names));
        return missing;
    }

    /** Those of the tables, quoted with their schemas, that the target doesn't have. */
    List<String> missingTables(Collection<String> names) throws SQLException {
        return texts(
                "SELECT name FROM pg_catalog.unnest(?::text[]) AS t (name)"
                        + " WHERE pg_catalog.to_regclass(t.name) IS NULL ORDER BY 1",
                names);
    }

    /**
     * An extension that the server can install.
     *
     * @param installed in the target; empty if it isn't, or the target will be created
     * @param bySuperuser whether a superuser alone installs it
     * @param foreign whether it is installed and belongs to a role that the user isn't a member of
     */
    record Available(String name, String version, Optional<String> installed, boolean bySuperuser, boolean foreign) {}

    List<Available> extensions(Collection<String> names) throws SQLException {
        try (PreparedStatement statement = prepared(EXTENSIONS, names);
                ResultSet rows = statement.executeQuery()) {
            List<Available> found = new ArrayList<>();
            while (rows.next()) {
                found.add(new Available(
                        rows.getString(1),
                        rows.getString(2),
                        Optional.ofNullable(rows.getString(3)).filter(version -> inTarget),
                        rows.getBoolean(4) && !rows.getBoolean(5),
                        inTarget && rows.getBoolean(6)));
            }
            return found;
        }
    }

    String encoding() throws SQLException {
        return texts("SELECT pg_catalog.getdatabaseencoding()").get(0);
    }

    /** The locales of the C library that the server found when its cluster was created. */
    List<String> locales() throws SQLException {
        return texts("SELECT DISTINCT collcollate FROM pg_catalog.pg_collation"
                + " WHERE collprovider = 'c' AND collcollate <> '' ORDER BY 1");
    }

    /**
     * Why a statement fails, which is rolled back in any case. Empty if it doesn't, or if the user may not try it: in a
     * database where the user can't make temporary objects, nothing is known.
     */
    Optional<String> tried(String sql) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION READ WRITE");
            Savepoint before = connection.setSavepoint();
            try {
                statement.execute(sql);
                return Optional.empty();
            } catch (SQLException refused) {
                connection.rollback(before);
                return RefusedStatement.isForbidden(refused)
                        ? Optional.empty()
                        : String.valueOf(refused.getMessage()).lines().findFirst();
            }
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private boolean isTrue(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() && row.getBoolean(1);
        }
    }

    private List<String> texts(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return texts(rows);
        }
    }

    private List<String> texts(String sql, Collection<String> names, String... more) throws SQLException {
        try (PreparedStatement statement = prepared(sql, names)) {
            for (int i = 0; i < more.length; i++) {
                statement.setString(i + 2, more[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                return texts(rows);
            }
        }
    }

    private PreparedStatement prepared(String sql, Collection<String> names) throws SQLException {
        Array array = connection.createArrayOf("text", names.toArray());
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setArray(1, array);
        return statement;
    }

    private static List<String> texts(ResultSet rows) throws SQLException {
        List<String> texts = new ArrayList<>();
        while (rows.next()) {
            texts.add(rows.getString(1));
        }
        return texts;
    }
}
