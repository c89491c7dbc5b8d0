package io.autodump.postgres.part;

import io.autodump.postgres.connection.Sql;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows of a table that are dumped on their own: all of them, or those on a range of pages. Immutable.
 *
 * @param table the table
 * @param columns all columns that hold data, unquoted and in their order; generated ones aren't among them
 * @param firstPage the first page of the range
 * @param number the number of the part in its table, from 1
 * @param of the number of parts of the table
 * @param pages the pages of the range; the last range of a table has no end
 */
public record TablePart(LargeTable table, List<String> columns, long firstPage, int number, int of, long pages) {
    public TablePart {
        columns = List.copyOf(columns);
    }

    /** The part for a person: {@code public.orders}, and which of its parts it is. */
    public String displayed() {
        return of == 1 ? table.displayed() : table.displayed() + " (" + number + "/" + of + ")";
    }

    /** About how many bytes it has in the table. */
    long bytes() {
        return table.bytes() / of;
    }

    /** The command that writes the rows in the text format: a line for each row. */
    String copyOut() {
        return of == 1
                ? "COPY " + table.quoted() + " (" + columnList() + ") TO STDOUT"
                : "COPY (SELECT " + columnList() + " FROM ONLY " + table.quoted() + " WHERE " + range() + ") TO STDOUT";
    }

    private String range() {
        String from = "ctid >= '(" + firstPage + ",0)'::pg_catalog.tid";
        return number == of ? from : from + " AND ctid < '(" + (firstPage + pages) + ",0)'::pg_catalog.tid";
    }

    private String columnList() {
        return columns.stream().map(Sql::quoted).collect(Collectors.joining(", "));
    }
}
