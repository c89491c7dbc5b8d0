package io.autodump.postgres.restore;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The contents of a database that could collide with a restore.
 *
 * @param count the number of objects
 * @param examples a few of them, as the server describes them
 */
record TargetContents(long count, List<String> examples) {
    /**
     * Existing extensions and their members don't collide: a dump creates only extensions that are missing. A database
     * made from a changed {@code template1} isn't empty, and would collide.
     */
    private static final String OBJECTS = """
            WITH object (classid, objid, namespace) AS (
                SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, oid, relnamespace FROM pg_catalog.pg_class
                 WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c')
                UNION ALL
                SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass, oid, pronamespace FROM pg_catalog.pg_proc
                UNION ALL
                SELECT 'pg_catalog.pg_type'::pg_catalog.regclass, oid, typnamespace FROM pg_catalog.pg_type
                 WHERE typtype IN ('d', 'e', 'r', 'p')
                    OR typtype = 'b' AND NOT EXISTS (
                           SELECT 1 FROM pg_catalog.pg_type AS element WHERE element.typarray = pg_type.oid)
                UNION ALL
                SELECT 'pg_catalog.pg_operator'::pg_catalog.regclass, oid, oprnamespace FROM pg_catalog.pg_operator
                UNION ALL
                SELECT 'pg_catalog.pg_collation'::pg_catalog.regclass, oid, collnamespace FROM pg_catalog.pg_collation
                UNION ALL
                SELECT 'pg_catalog.pg_ts_config'::pg_catalog.regclass, oid, cfgnamespace FROM pg_catalog.pg_ts_config
                UNION ALL
                SELECT 'pg_catalog.pg_namespace'::pg_catalog.regclass, oid, oid FROM pg_catalog.pg_namespace
                 WHERE nspname <> 'public'
            ), own AS (
                SELECT classid, objid FROM object
                  JOIN pg_catalog.pg_namespace AS n ON n.oid = namespace
                 WHERE n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
                UNION ALL
                SELECT 'pg_catalog.pg_largeobject'::pg_catalog.regclass, oid FROM pg_catalog.pg_largeobject_metadata
                UNION ALL
                SELECT 'pg_catalog.pg_publication'::pg_catalog.regclass, oid FROM pg_catalog.pg_publication
                UNION ALL
                SELECT 'pg_catalog.pg_event_trigger'::pg_catalog.regclass, oid FROM pg_catalog.pg_event_trigger
                UNION ALL
                SELECT 'pg_catalog.pg_foreign_server'::pg_catalog.regclass, oid FROM pg_catalog.pg_foreign_server
            )
            SELECT pg_catalog.count(*) OVER (), pg_catalog.pg_describe_object(classid, objid, 0)
              FROM own
             WHERE NOT EXISTS (
                       SELECT 1 FROM pg_catalog.pg_depend AS d
                        WHERE d.classid = own.classid AND d.objid = own.objid AND d.deptype = 'e')
             ORDER BY 2
             LIMIT 5
            """;

    TargetContents {
        examples = List.copyOf(examples);
    }

    /** Reads the contents of the connected database. */
    static TargetContents of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(OBJECTS)) {
            long count = 0;
            List<String> examples = new ArrayList<>();
            while (result.next()) {
                count = result.getLong(1);
                examples.add(result.getString(2));
            }
            return new TargetContents(count, examples);
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    @Override
    public String toString() {
        return String.join(", ", examples)
                + (count > examples.size() ? " and " + (count - examples.size()) + " more" : "");
    }
}
