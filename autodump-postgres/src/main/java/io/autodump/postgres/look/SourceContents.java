package io.autodump.postgres.look;

import io.autodump.postgres.contents.ArchiveEntry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a database a dump will hold that not every server and not every user can take, as entries of an archive that
 * isn't there yet. Members of extensions aren't in a dump, nor are the functions that come with a range type. Any role
 * may read all of it.
 */
public final class SourceContents {
    private static final String QUERY = """
            SELECT kind, schema, name, definition FROM (
                SELECT 'EXTENSION' AS kind, '' AS schema, e.extname::text AS name, '' AS definition,
                       0::oid AS classid, 0::oid AS objid
                  FROM pg_catalog.pg_extension e WHERE e.extname <> 'plpgsql'
                UNION ALL
                SELECT 'EVENT TRIGGER', '', t.evtname, '', 'pg_catalog.pg_event_trigger'::pg_catalog.regclass, t.oid
                  FROM pg_catalog.pg_event_trigger t
                UNION ALL
                SELECT 'PUBLICATION', '', p.pubname, CASE WHEN p.puballtables THEN ' FOR ALL TABLES' ELSE '' END,
                       'pg_catalog.pg_publication'::pg_catalog.regclass, p.oid
                  FROM pg_catalog.pg_publication p
                UNION ALL
                SELECT 'SUBSCRIPTION', '', s.subname, '', 'pg_catalog.pg_subscription'::pg_catalog.regclass, s.oid
                  FROM pg_catalog.pg_subscription s
                  JOIN pg_catalog.pg_database d ON d.oid = s.subdbid AND d.datname = pg_catalog.current_database()
                 WHERE pg_catalog.current_setting('is_superuser') = 'on'
                UNION ALL
                SELECT 'FOREIGN DATA WRAPPER', '', w.fdwname, '',
                       'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass, w.oid
                  FROM pg_catalog.pg_foreign_data_wrapper w
                UNION ALL
                SELECT 'FUNCTION', n.nspname, p.oid::pg_catalog.regprocedure::text, '    LANGUAGE ' || l.lanname,
                       'pg_catalog.pg_proc'::pg_catalog.regclass, p.oid
                  FROM pg_catalog.pg_proc p
                  JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
                  JOIN pg_catalog.pg_language l ON l.oid = p.prolang AND NOT l.lanpltrusted
                 WHERE n.nspname <> 'information_schema' AND n.nspname !~ '^pg_' AND p.prokind <> 'a'
                UNION ALL
                SELECT 'OPERATOR CLASS', n.nspname, c.opcname, '',
                       'pg_catalog.pg_opclass'::pg_catalog.regclass, c.oid
                  FROM pg_catalog.pg_opclass c JOIN pg_catalog.pg_namespace n ON n.oid = c.opcnamespace
                 WHERE n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
            ) AS found
             WHERE NOT EXISTS (
                       SELECT 1 FROM pg_catalog.pg_depend d
                        WHERE d.classid = found.classid AND d.objid = found.objid
                          AND d.deptype IN ('e', 'i'))
             ORDER BY kind, schema, name
            """;

    private SourceContents() {}

    /** Reads the connected database. */
    public static List<ArchiveEntry> read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(QUERY)) {
            List<ArchiveEntry> entries = new ArrayList<>();
            while (rows.next()) {
                entries.add(new ArchiveEntry(
                        entries.size() + 1,
                        rows.getString(1),
                        rows.getString(2),
                        rows.getString(3),
                        "",
                        rows.getString(4),
                        "",
                        List.of()));
            }
            return entries;
        }
    }
}
