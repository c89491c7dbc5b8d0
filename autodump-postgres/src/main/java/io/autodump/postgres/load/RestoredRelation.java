package io.autodump.postgres.load;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table, partitioned table or materialized view of a restored database.
 *
 * @param oid the server's number for it
 * @param sql its name with its schema, quoted for SQL
 * @param printed its name with its schema, as {@code pg_restore} prints it; others may have the same
 */
record RestoredRelation(long oid, String sql, String printed) {
    /** System schemas and temporary tables are left out. */
    private static final String RELATIONS = """
            SELECT oid, sql, printed
              FROM (SELECT c.oid::bigint AS oid,
                           pg_catalog.format('"%s"."%s"', pg_catalog.replace(n.nspname, '"', '""'),
                                             pg_catalog.replace(c.relname, '"', '""')) AS sql,
                           pg_catalog.format('%s.%s', n.nspname, c.relname) AS printed
                      FROM pg_catalog.pg_class c
                      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                     WHERE c.relkind IN ('r', 'p', 'm') AND c.relpersistence <> 't'
                       AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_') relation
             WHERE ?::text[] IS NULL OR sql = ANY (?::text[]) OR printed = ANY (?::text[])""";

    /** Returns all of the database. */
    static List<RestoredRelation> all(Connection session) throws SQLException {
        return query(session, Optional.empty());
    }

    /** Returns those with these names, which are quoted or printed. A name that several have is left out. */
    static Collection<RestoredRelation> named(Connection session, Collection<String> names) throws SQLException {
        Map<String, RestoredRelation> found = new HashMap<>();
        List<RestoredRelation> ambiguous = new ArrayList<>();
        for (RestoredRelation relation : query(session, Optional.of(names))) {
            RestoredRelation other = found.put(relation.printed(), relation);
            if (other != null) {
                ambiguous.add(relation);
            }
        }
        ambiguous.forEach(relation -> found.remove(relation.printed()));
        return found.values();
    }

    private static List<RestoredRelation> query(Connection session, Optional<Collection<String>> names)
            throws SQLException {
        Object array = names.map(chosen -> chosen.toArray(String[]::new)).orElse(null);
        try (PreparedStatement query = session.prepareStatement(RELATIONS)) {
            for (int parameter = 1; parameter <= 3; parameter++) {
                query.setObject(parameter, array);
            }
            try (ResultSet row = query.executeQuery()) {
                List<RestoredRelation> relations = new ArrayList<>();
                while (row.next()) {
                    relations.add(new RestoredRelation(row.getLong(1), row.getString(2), row.getString(3)));
                }
                return relations;
            }
        }
    }
}
