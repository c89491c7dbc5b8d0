package io.autodump.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** Rows in aligned columns. Cells are made printable. Not thread-safe. */
public final class Table {
    private static final String GAP = "  ";

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /** The edge of the column that cells are aligned to. */
    public enum Align {
        LEFT,
        RIGHT
    }

    private static final class Column {
        private final String heading;
        private final Align align;
        private int width;

        Column(String heading, Align align) {
            this.heading = heading;
            this.align = align;
            this.width = length(heading);
        }

        /** The cell, padded to the width of the widest one. */
        String padded(String cell) {
            String padding = " ".repeat(width - length(cell));
            return align == Align.RIGHT ? padding + cell : cell + padding;
        }
    }

    private Table(List<Column> columns) {
        this.columns = columns;
    }

    /** A table without columns. */
    public static Table create() {
        return new Table(new ArrayList<>());
    }

    /** Adds a column of text. Add all columns before the first row. */
    public Table left(String heading) {
        columns.add(new Column(heading, Align.LEFT));
        return this;
    }

    /** Adds a column of numbers. Add all columns before the first row. */
    public Table right(String heading) {
        columns.add(new Column(heading, Align.RIGHT));
        return this;
    }

    /** Adds a row with one cell for each column. */
    public Table row(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        List<String> row = new ArrayList<>();
        for (int i = 0; i < cells.length; i++) {
            String cell = Text.line(cells[i]);
            Column column = columns.get(i);
            column.width = Math.max(column.width, length(cell));
            row.add(cell);
        }
        rows.add(row);
        return this;
    }

    /** The lines of the table, headings first. */
    public List<String> lines(Style style) {
        List<String> lines = new ArrayList<>();
        lines.add(style.bold(line(columns.stream().map(column -> column.heading).toList())));
        rows.forEach(row -> lines.add(line(row)));
        return lines;
    }

    private String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            line.append(i == 0 ? "" : GAP).append(columns.get(i).padded(cells.get(i)));
        }
        return line.toString().stripTrailing();
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
