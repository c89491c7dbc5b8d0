package io.autodump.core.dump;

/**
 * The exact number of rows of one table. Immutable.
 *
 * @param schema the schema's name, unquoted
 * @param table the table's name, unquoted
 * @param rows the number of rows
 */
public record TableRows(String schema, String table, long rows) {}
