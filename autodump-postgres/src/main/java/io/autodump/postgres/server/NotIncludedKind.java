package io.autodump.postgres.server;

import io.autodump.core.dump.NotIncluded;

/** The kinds of objects that {@link NotIncludedQuery} finds, each with its reason and remedy. */
enum NotIncludedKind {
    DATABASE_LABEL(
            "database security label",
            "a dump of one database holds nothing of the database itself",
            "set it after a restore: SECURITY LABEL ON DATABASE"),
    DATABASE_TABLESPACE(
            "database tablespace",
            "a dump of one database holds nothing of the database itself",
            "create the database in it before a restore: CREATE DATABASE … TABLESPACE"),
    DISABLED_CONSTRAINT(
            "disabled triggers of constraints",
            "pg_dump passes over the triggers that enforce foreign and deferrable keys, and so over their being off",
            "switch them off after a restore: ALTER TABLE … DISABLE TRIGGER ALL; or on at the source: ALTER TABLE …"
                    + " ENABLE TRIGGER ALL"),
    DROPPED_DEFAULT(
            "dropped default object",
            "every new database has it, and no dump says that it was dropped",
            "drop it after a restore: DROP SCHEMA public, DROP EXTENSION plpgsql"),
    EXTENSION_ROWS(
            "rows of an extension's tables",
            "pg_dump leaves them to CREATE EXTENSION, since the extension doesn't name them as configuration",
            "if they aren't those that CREATE EXTENSION makes, copy them yourself"),
    EXTENSION_VERSION(
            "extension version",
            "pg_dump doesn't name versions, so a restore installs the target server's default version",
            "update it at the source: ALTER EXTENSION … UPDATE; or create it in this version before a restore"),
    INFORMATION_SCHEMA_PRIVILEGES(
            "privileges in information_schema",
            "pg_dump passes over information_schema",
            "grant and revoke them again after a restore"),
    IN_SYSTEM_SCHEMA(
            "object in a system schema",
            "pg_dump passes over pg_catalog, information_schema and other schemas whose names begin with pg_",
            "move it to a schema of its own: ALTER … SET SCHEMA"),
    INVALID_INDEX(
            "invalid index", "pg_dump passes over an index whose creation failed", "REINDEX INDEX it, or drop it"),
    PREPARED_TRANSACTION(
            "prepared transaction",
            "its changes aren't committed, so no snapshot has them",
            "end it by COMMIT PREPARED or ROLLBACK PREPARED, and dump again"),
    ROW_TYPE(
            "privileges or comment of a row type",
            "pg_dump passes over the types that belong to tables and views",
            "set them again after a restore: GRANT USAGE ON TYPE, COMMENT ON TYPE"),
    SUBSCRIPTION(
            "subscription",
            "pg_dump writes subscriptions for a superuser alone",
            "dump as a superuser, or create it again after a restore: CREATE SUBSCRIPTION"),
    SUBSCRIPTION_STATE(
            "state of a subscription",
            "a subscription comes back disabled and without the state of its tables",
            "enable it after a restore: ALTER SUBSCRIPTION … ENABLE, then … REFRESH PUBLICATION"),
    TABLESPACE(
            "tablespace",
            "the dump names it for some objects; where it lies belongs to the server",
            "create it on the target server before a restore: CREATE TABLESPACE"),
    UNDEFINED_OPERATOR(
            "undefined operator",
            "pg_dump passes over operators that another one names as its commutator or negator and that have no"
                    + " function",
            "drop it: DROP OPERATOR"),
    UNLOGGED_ROWS(
            "rows of an unlogged table",
            "a replica doesn't have them",
            "dump from the primary, or make the table permanent: ALTER TABLE … SET LOGGED"),
    USER_MAPPING_OPTIONS(
            "user mapping options",
            "the server shows them, if there are any, to a superuser, the owner of the foreign server or the user alone",
            "dump as a superuser, or set them again after a restore: ALTER USER MAPPING … OPTIONS");

    private final String text;
    private final String why;
    private final String remedy;

    NotIncludedKind(String text, String why, String remedy) {
        this.text = text;
        this.why = why;
        this.remedy = remedy;
    }

    NotIncluded named(String name) {
        return new NotIncluded(text, name, why, remedy);
    }
}
