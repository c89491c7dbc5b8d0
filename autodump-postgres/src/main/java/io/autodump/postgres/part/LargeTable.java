package io.autodump.postgres.part;

import io.autodump.postgres.connection.Sql;

/**
 * A table that is large enough to be dumped in parts. Immutable.
 *
 * @param oid its number in the catalog
 * @param schema unquoted
 * @param name unquoted
 * @param bytes its size on disk with its TOAST table, without indexes
 * @param pages the pages of its heap
 * @param divisible whether the server can read a range of its pages without reading the others
 */
public record LargeTable(long oid, String schema, String name, long bytes, long pages, boolean divisible) {
    /** As the server reads it. */
    String quoted() {
        return Sql.quoted(schema) + "." + Sql.quoted(name);
    }

    /** The pattern of {@code pg_dump --exclude-table-data} that matches this table and no other. */
    public String pattern() {
        return ExactPattern.of(schema) + "." + ExactPattern.of(name);
    }

    /** As {@code pg_dump} says it. */
    public String displayed() {
        return schema + "." + name;
    }
}
