package io.autodump.postgres.part;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Cuts locked tables into parts. */
final class PartCutting {
    private static final String COLUMNS = """
            SELECT t.attrelid::bigint, t.attname::text
              FROM pg_catalog.pg_attribute t
              JOIN pg_catalog.pg_class c ON c.oid = t.attrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              JOIN ROWS FROM (pg_catalog.unnest(?::bigint[]), pg_catalog.unnest(?::text[]), pg_catalog.unnest(?::text[]))
                   AS known (oid, schema, name)
                ON known.oid = c.oid::bigint AND known.schema = n.nspname AND known.name = c.relname
             WHERE t.attnum > 0 AND NOT t.attisdropped AND t.attgenerated = ''
             ORDER BY t.attrelid, t.attnum""";

    private final Connection connection;
    private final TablePartSizes sizes;
    private final int jobs;

    PartCutting(Connection connection, TablePartSizes sizes, int jobs) {
        this.connection = connection;
        this.sizes = sizes;
        this.jobs = jobs;
    }

    /**
     * Cuts the tables. The largest parts come first, so that no session has the longest work at the end.
     *
     * @param tables are locked, so that their columns stay
     * @throws TableVanishedException if a name is another table's now
     */
    List<TablePart> of(List<LargeTable> tables) throws SQLException {
        long partBytes =
                sizes.partBytes(tables.stream().mapToLong(LargeTable::bytes).sum(), jobs);
        Map<Long, List<String>> columns = columns(tables);
        List<TablePart> parts = new ArrayList<>();
        for (LargeTable table : tables) {
            List<String> known = columns.get(table.oid());
            if (known == null) {
                throw new TableVanishedException(table.displayed());
            }
            parts.addAll(cut(table, known, partBytes));
        }
        parts.sort(Comparator.comparingLong(TablePart::bytes).reversed());
        return List.copyOf(parts);
    }

    /** The ranges have the same number of pages. */
    static List<TablePart> cut(LargeTable table, List<String> columns, long partBytes) {
        long wanted = table.divisible() ? Math.max(1, (table.bytes() + partBytes - 1) / partBytes) : 1;
        long pages = Math.max(1, (table.pages() + wanted - 1) / wanted);
        int count = (int) Math.max(1, Math.min(wanted, (table.pages() + pages - 1) / pages));
        List<TablePart> parts = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            parts.add(new TablePart(table, columns, index * pages, index + 1, count, pages));
        }
        return parts;
    }

    private Map<Long, List<String>> columns(List<LargeTable> tables) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setObject(1, tables.stream().mapToLong(LargeTable::oid).toArray());
            statement.setObject(2, tables.stream().map(LargeTable::schema).toArray(String[]::new));
            statement.setObject(3, tables.stream().map(LargeTable::name).toArray(String[]::new));
            Map<Long, List<String>> columns = new HashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.computeIfAbsent(rows.getLong(1), table -> new ArrayList<>())
                            .add(rows.getString(2));
                }
            }
            return columns;
        }
    }
}
