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
    EXTENSION_ROWS(
            "rows of an extension's tables",
            "pg_dump leaves them to CREATE EXTENSION, since the extension doesn't name them as configuration",
            "if they aren't those that CREATE EXTENSION makes, copy them yourself"),
    IN_SYSTEM_SCHEMA(
            "object in a system schema",
            "pg_dump passes over pg_catalog and information_schema",
            "move it to a schema of its own: ALTER … SET SCHEMA"),
    INVALID_INDEX(
            "invalid index", "pg_dump passes over an index whose creation failed", "REINDEX INDEX it, or drop it"),
    SUBSCRIPTION(
            "subscription",
            "pg_dump writes subscriptions for a superuser alone",
            "dump as a superuser, or create it again after a restore: CREATE SUBSCRIPTION"),
    TABLESPACE(
            "tablespace",
            "the dump names it for some objects; where it lies belongs to the server",
            "create it on the target server before a restore: CREATE TABLESPACE"),
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
