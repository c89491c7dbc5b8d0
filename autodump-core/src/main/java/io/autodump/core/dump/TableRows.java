package io.autodump.core.dump;

/**
 * How many rows a table had in the dump's snapshot.
 *
 * @param schema the schema's name, unquoted
 * @param table the table's name, unquoted
 * @param rows counted exactly
 */
public record TableRows(String schema, String table, long rows) {}
