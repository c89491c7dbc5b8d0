package io.autodump.postgres.server;

import io.autodump.core.server.DatabaseGrant;
import io.autodump.core.server.DatabaseProperties;
import io.autodump.core.server.DatabaseSetting;
import io.autodump.core.server.LocaleProvider;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the properties of the connected database itself. Any role may read them all. */
public final class DatabasePropertiesQuery {
    /**
     * Some columns are newer: {@code daticulocale} since 15, {@code daticurules} since 16, {@code datlocale} since 17.
     */
    private static final String DATABASE = """
            SELECT pg_catalog.pg_encoding_to_char(d.encoding), d.datcollate, d.datctype,
                   CASE pg_catalog.to_jsonb(d) ->> 'datlocprovider'
                        WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END,
                   coalesce(pg_catalog.to_jsonb(d) ->> 'datlocale', pg_catalog.to_jsonb(d) ->> 'daticulocale'),
                   pg_catalog.to_jsonb(d) ->> 'daticurules',
                   d.datconnlimit, pg_catalog.shobj_description(d.oid, 'pg_database'), d.datacl IS NULL,
                   pg_catalog.pg_get_userbyid(d.datdba), d.datistemplate
              FROM pg_catalog.pg_database AS d
             WHERE d.datname = pg_catalog.current_database()
            """;

    private static final String SETTINGS = """
            SELECT r.rolname, pg_catalog.split_part(setting.text, '=', 1),
                   pg_catalog.substr(setting.text, pg_catalog.strpos(setting.text, '=') + 1)
              FROM pg_catalog.pg_db_role_setting AS s
              JOIN pg_catalog.pg_database AS d ON d.oid = s.setdatabase
              LEFT JOIN pg_catalog.pg_roles AS r ON r.oid = s.setrole
             CROSS JOIN LATERAL pg_catalog.unnest(s.setconfig) WITH ORDINALITY AS setting (text, position)
             WHERE d.datname = pg_catalog.current_database() AND (s.setrole = 0 OR r.oid IS NOT NULL)
             ORDER BY r.rolname NULLS FIRST, setting.position
            """;

    private static final String GRANTS = """
            SELECT r.rolname, acl.privilege_type, acl.is_grantable
              FROM pg_catalog.pg_database AS d
             CROSS JOIN LATERAL pg_catalog.aclexplode(d.datacl) AS acl
              LEFT JOIN pg_catalog.pg_roles AS r ON r.oid = acl.grantee
             WHERE d.datname = pg_catalog.current_database() AND (acl.grantee = 0 OR r.oid IS NOT NULL)
             ORDER BY r.rolname NULLS FIRST, acl.privilege_type
            """;

    private DatabasePropertiesQuery() {}

    /** Returns the properties of the connected database. */
    public static DatabaseProperties run(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(DATABASE)) {
            if (!row.next()) {
                throw new SQLException("the server doesn't list the connected database");
            }
            return DatabaseProperties.builder()
                    .encoding(row.getString(1))
                    .collate(row.getString(2))
                    .ctype(row.getString(3))
                    .localeProvider(LocaleProvider.parse(row.getString(4)).orElseThrow())
                    .locale(Optional.ofNullable(row.getString(5)))
                    .icuRules(Optional.ofNullable(row.getString(6)))
                    .connectionLimit(Math.max(row.getInt(7), DatabaseProperties.UNLIMITED))
                    .comment(Optional.ofNullable(row.getString(8)))
                    .owner(row.getString(10))
                    .template(row.getBoolean(11))
                    .grants(row.getBoolean(9) ? Optional.empty() : Optional.of(grants(connection)))
                    .settings(settings(connection))
                    .build();
        }
    }

    private static List<DatabaseSetting> settings(Connection connection) throws SQLException {
        List<DatabaseSetting> settings = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SETTINGS)) {
            while (row.next()) {
                settings.add(
                        new DatabaseSetting(Optional.ofNullable(row.getString(1)), row.getString(2), row.getString(3)));
            }
        }
        return settings;
    }

    private static List<DatabaseGrant> grants(Connection connection) throws SQLException {
        List<DatabaseGrant> grants = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(GRANTS)) {
            while (row.next()) {
                grants.add(DatabaseGrant.builder()
                        .grantee(Optional.ofNullable(row.getString(1)))
                        .privilege(row.getString(2))
                        .grantable(row.getBoolean(3))
                        .build());
            }
        }
        return grants;
    }
}
