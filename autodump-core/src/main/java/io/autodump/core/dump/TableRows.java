package io.autodump.core.dump;

/**
 * The exact number of rows of one table. Immutable.
 *
 * @param schema the schema's name, unquoted
 * @param table the table's name, unquoted
 * @param rows the number of rows
 */
public record TableRows(String schema, String table, long rows) {
    /** For a person: {@code public.orders with 5 rows}; a name that isn't simple is quoted, as in SQL. */
    @Override
    public String toString() {
        return name(schema) + "." + name(table) + " with " + rows + (rows == 1 ? " row" : " rows");
    }

    private static String name(String text) {
        return text.matches("[a-z_][a-z0-9_]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
