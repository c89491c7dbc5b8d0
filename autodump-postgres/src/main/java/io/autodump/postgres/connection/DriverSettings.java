package io.autodump.postgres.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** What the driver sets as it connects: the time zone, the style of dates, and the digits of numbers. */
public final class DriverSettings {
    /**
     * What the role and the database set, the closest first. The driver requires that dates are written in the style
     * ISO. They may be read with the day before the month.
     */
    private static final String BEFORE = """
            SELECT pg_catalog.set_config(name, CASE WHEN name <> 'datestyle' THEN value
                                                    WHEN value ~* 'ymd' THEN 'ISO, YMD'
                                                    WHEN value ~* 'mdy|us|noneuro' THEN 'ISO, MDY'
                                                    WHEN value ~* 'dmy|euro|german' THEN 'ISO, DMY'
                                                    ELSE 'ISO' END, false)
              FROM (SELECT DISTINCT ON (1) pg_catalog.lower(pg_catalog.split_part(c.text, '=', 1)) AS name,
                           pg_catalog.substr(c.text, pg_catalog.strpos(c.text, '=') + 1) AS value
                      FROM pg_catalog.pg_db_role_setting s
                     CROSS JOIN LATERAL pg_catalog.unnest(s.setconfig) c (text)
                     WHERE s.setdatabase IN (0, (SELECT d.oid FROM pg_catalog.pg_database d
                                                  WHERE d.datname = pg_catalog.current_database()))
                       AND s.setrole IN (0, (SELECT r.oid FROM pg_catalog.pg_roles r
                                              WHERE r.rolname = session_user))
                     ORDER BY 1, s.setrole = 0, s.setdatabase = 0) closest
             WHERE name IN ('datestyle', 'timezone', 'extra_float_digits')""";

    private DriverSettings() {}

    /** Sets what the role and the database have set instead: constraints and views may depend on it. */
    public static void undo(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(BEFORE);
        }
    }
}
