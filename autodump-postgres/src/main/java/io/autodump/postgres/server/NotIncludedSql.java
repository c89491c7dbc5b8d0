package io.autodump.postgres.server;

/**
 * The SQL that finds what a dump leaves out: kinds ({@link NotIncludedKind}) and names. Works with PostgreSQL 12 to 18,
 * and for every user: it reads nothing that the server hides from some.
 */
final class NotIncludedSql {
    /** What {@code pg_dump} reads in a schema ({@code {schemas}} is its condition) and leaves out. */
    static final String IN_SCHEMAS = """
            SELECT 'INVALID_INDEX' AS kind, pg_catalog.format('%I.%I', n.nspname, i.relname) AS name
              FROM pg_catalog.pg_index x
              JOIN pg_catalog.pg_class c ON c.oid = x.indrelid
              JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE (NOT x.indisready OR NOT x.indisvalid AND c.relkind <> 'p') AND {schemas}
            UNION ALL
            SELECT 'UNLOGGED_ROWS', pg_catalog.format('%I.%I', n.nspname, c.relname)
              FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind = 'r' AND c.relpersistence = 'u' AND pg_catalog.pg_is_in_recovery() AND {schemas}
            UNION ALL
            SELECT DISTINCT 'TABLESPACE', pg_catalog.quote_ident(t.spcname)
              FROM pg_catalog.pg_class c
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_catalog.pg_tablespace t ON t.oid = c.reltablespace AND t.spcname !~ '^pg_'
             WHERE {schemas}
            UNION ALL
            SELECT DISTINCT 'DISABLED_CONSTRAINT', pg_catalog.format('%I.%I', n.nspname, c.relname)
              FROM pg_catalog.pg_trigger t
              JOIN pg_catalog.pg_constraint k ON k.oid = t.tgconstraint AND k.contype <> 't'
              JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE t.tgisinternal AND t.tgenabled <> 'O' AND {schemas}
            UNION ALL
            SELECT 'ROW_TYPE', pg_catalog.format('%I.%I', n.nspname, c.relname)
              FROM pg_catalog.pg_type t
              JOIN pg_catalog.pg_class c ON c.oid = t.typrelid AND c.relkind <> 'c'
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE (t.typacl IS NOT NULL
                    OR t.oid IN (SELECT d.objoid FROM pg_catalog.pg_description d
                                  WHERE d.classoid = 'pg_catalog.pg_type'::pg_catalog.regclass))
               AND {schemas}
            UNION ALL
            SELECT 'UNDEFINED_OPERATOR', pg_catalog.format('%I.%s(%s,%s)', n.nspname, o.oprname,
                   CASE o.oprleft WHEN 0 THEN 'NONE' ELSE pg_catalog.format_type(o.oprleft, NULL) END,
                   pg_catalog.format_type(o.oprright, NULL))
              FROM pg_catalog.pg_operator o JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace
             WHERE o.oprcode = 0 AND {schemas}""";

    /** How often the condition stands in {@link #IN_SCHEMAS}. */
    static final int CONDITIONS = IN_SCHEMAS.split("\\{schemas}", -1).length - 1;

    /** What needs privileges: the view of user mappings hides options by this very rule. */
    private static final String BY_PRIVILEGE = """
            SELECT CASE pg_catalog.current_setting('is_superuser') WHEN 'off' THEN 'SUBSCRIPTION'
                        ELSE 'SUBSCRIPTION_STATE' END, pg_catalog.quote_ident(s.subname)
              FROM pg_catalog.pg_subscription s
              JOIN pg_catalog.pg_database d ON d.oid = s.subdbid AND d.datname = pg_catalog.current_database()
             WHERE pg_catalog.current_setting('is_superuser') = 'off' OR s.subenabled
            UNION ALL
            SELECT 'USER_MAPPING_OPTIONS', pg_catalog.format('FOR %s SERVER %I',
                   CASE m.umuser WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(m.usename) END, m.srvname)
              FROM pg_catalog.pg_user_mappings m JOIN pg_catalog.pg_foreign_server s ON s.oid = m.srvid
             WHERE m.umoptions IS NULL AND pg_catalog.current_setting('is_superuser') = 'off'
               AND NOT CASE m.umuser WHEN 0 THEN pg_catalog.pg_has_role(s.srvowner, 'USAGE')
                       ELSE m.usename = current_user AND (pg_catalog.pg_has_role(s.srvowner, 'USAGE')
                                                       OR pg_catalog.has_server_privilege(s.oid, 'USAGE')) END""";

    /** An extension's member has a dependency of type e. */
    private static final String OF_EXTENSIONS = """
            SELECT 'EXTENSION_ROWS', pg_catalog.format('%I: %s', e.extname,
                   pg_catalog.string_agg(pg_catalog.format('%I.%I', n.nspname, c.relname), ', ' ORDER BY c.relname))
              FROM pg_catalog.pg_extension e
              JOIN pg_catalog.pg_depend p ON p.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
                   AND p.refobjid = e.oid AND p.deptype = 'e' AND p.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
              JOIN pg_catalog.pg_class c ON c.oid = p.objid AND c.relkind = 'r'
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE NOT c.oid = ANY (coalesce(e.extconfig, '{}')) AND pg_catalog.pg_relation_size(c.oid) > 0
             GROUP BY e.extname
            UNION ALL
            SELECT 'EXTENSION_VERSION', pg_catalog.format('%I %s', e.extname, e.extversion)
              FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_available_extensions a ON a.name = e.extname
             WHERE a.default_version <> e.extversion
            UNION ALL
            SELECT 'DROPPED_DEFAULT', d.name
              FROM (VALUES ('schema public', EXISTS (SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = 'public')),
                           ('extension plpgsql',
                            EXISTS (SELECT 1 FROM pg_catalog.pg_extension WHERE extname = 'plpgsql'))) d (name, there)
             WHERE NOT d.there""";

    /** By default everyone may read the views of information_schema, and only their owner may do more. */
    private static final String IN_SYSTEM_SCHEMAS = """
            SELECT 'INFORMATION_SCHEMA_PRIVILEGES', pg_catalog.format('%I.%I', n.nspname, c.relname)
              FROM pg_catalog.pg_class c
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'information_schema'
             WHERE c.oid < 16384 AND c.relacl IS NOT NULL
               AND ARRAY (SELECT pg_catalog.format('%s %s %s', a.grantee, a.privilege_type, a.is_grantable)
                            FROM pg_catalog.aclexplode(c.relacl) a WHERE a.grantee <> c.relowner)
                   <> ARRAY['0 SELECT f']
            UNION ALL
            SELECT 'IN_SYSTEM_SCHEMA', (pg_catalog.pg_identify_object(o.classid, o.oid, 0)).identity
              FROM (SELECT 'pg_catalog.pg_class'::pg_catalog.regclass AS classid, oid, relnamespace AS space, relowner AS owner
                      FROM pg_catalog.pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
                    UNION ALL
                    SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass, oid, pronamespace, proowner FROM pg_catalog.pg_proc
                    UNION ALL
                    SELECT 'pg_catalog.pg_type'::pg_catalog.regclass, t.oid, t.typnamespace, t.typowner
                      FROM pg_catalog.pg_type t LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
                     WHERE coalesce(c.relkind = 'c', t.typtype <> 'm' AND t.typcategory <> 'A')
                    UNION ALL
                    SELECT 'pg_catalog.pg_operator'::pg_catalog.regclass, oid, oprnamespace, oprowner
                      FROM pg_catalog.pg_operator
                    UNION ALL
                    SELECT 'pg_catalog.pg_opfamily'::pg_catalog.regclass, oid, opfnamespace, opfowner
                      FROM pg_catalog.pg_opfamily
                    UNION ALL
                    SELECT 'pg_catalog.pg_opclass'::pg_catalog.regclass, oid, opcnamespace, opcowner
                      FROM pg_catalog.pg_opclass
                    UNION ALL
                    SELECT 'pg_catalog.pg_conversion'::pg_catalog.regclass, oid, connamespace, conowner
                      FROM pg_catalog.pg_conversion
                    UNION ALL
                    SELECT 'pg_catalog.pg_collation'::pg_catalog.regclass, l.oid, l.collnamespace, l.collowner
                      FROM pg_catalog.pg_collation l
                     WHERE EXISTS (SELECT 1 FROM pg_catalog.pg_depend p
                                    WHERE p.refclassid = 'pg_catalog.pg_collation'::pg_catalog.regclass
                                      AND p.refobjid = l.oid)
                    UNION ALL
                    SELECT 'pg_catalog.pg_ts_config'::pg_catalog.regclass, oid, cfgnamespace, cfgowner
                      FROM pg_catalog.pg_ts_config
                    UNION ALL
                    SELECT 'pg_catalog.pg_ts_dict'::pg_catalog.regclass, oid, dictnamespace, dictowner
                      FROM pg_catalog.pg_ts_dict
                    UNION ALL
                    SELECT 'pg_catalog.pg_ts_parser'::pg_catalog.regclass, oid, prsnamespace, 10
                      FROM pg_catalog.pg_ts_parser
                    UNION ALL
                    SELECT 'pg_catalog.pg_ts_template'::pg_catalog.regclass, oid, tmplnamespace, 10
                      FROM pg_catalog.pg_ts_template) o
              JOIN pg_catalog.pg_namespace n ON n.oid = o.space
               AND (n.nspname = 'information_schema'
                    OR n.nspname ~ '^pg_' AND n.nspname !~ '^pg_(toast$|temp_|toast_temp_)')
              JOIN pg_catalog.pg_roles r ON r.oid = o.owner
             WHERE o.oid >= 16384
               AND r.rolname NOT IN ('rdsadmin', 'cloudsqladmin', 'alloydbadmin', 'azuresu', 'azure_superuser')
               AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend p
                                WHERE p.classid = o.classid AND p.objid = o.oid AND p.deptype = 'e')""";

    private static final String OF_THE_DATABASE = """
            SELECT 'PREPARED_TRANSACTION', pg_catalog.quote_literal(x.gid)
              FROM pg_catalog.pg_prepared_xacts x WHERE x.database = pg_catalog.current_database()
            UNION ALL
            SELECT a.kind, pg_catalog.quote_ident(d.datname)
              FROM pg_catalog.pg_database d
             CROSS JOIN LATERAL (VALUES
                   ('DATABASE_LABEL', EXISTS (
                        SELECT 1 FROM pg_catalog.pg_shseclabel l
                         WHERE l.classoid = 'pg_catalog.pg_database'::pg_catalog.regclass AND l.objoid = d.oid)),
                   ('DATABASE_TABLESPACE', (SELECT t.spcname FROM pg_catalog.pg_tablespace t
                                             WHERE t.oid = d.dattablespace) <> 'pg_default')) AS a (kind, present)
             WHERE d.datname = pg_catalog.current_database() AND a.present""";

    /** What a dump of the whole database would have, besides. */
    static final String IN_DATABASE =
            String.join("\nUNION ALL\n", BY_PRIVILEGE, OF_EXTENSIONS, IN_SYSTEM_SCHEMAS, OF_THE_DATABASE);

    private NotIncludedSql() {}
}
