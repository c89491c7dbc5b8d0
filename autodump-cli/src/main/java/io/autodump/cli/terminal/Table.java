package io.autodump.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** Rows under aligned columns. Cells are made printable here; colours are put around padded cells. Not thread-safe. */
public final class Table {
    private static final String GAP = "  ";

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /** Which edge of its column a cell keeps to. */
    public enum Align {
        LEFT,
        RIGHT
    }

    private record Column(String heading, Align align) {}

    private Table(List<Column> columns) {
        this.columns = columns;
    }

    /** A table without columns yet. */
    public static Table create() {
        return new Table(new ArrayList<>());
    }

    public Table left(String heading) {
        columns.add(new Column(heading, Align.LEFT));
        return this;
    }

    public Table right(String heading) {
        columns.add(new Column(heading, Align.RIGHT));
        return this;
    }

    /** One cell for each column. */
    public Table row(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        List<String> row = new ArrayList<>();
        for (String cell : cells) {
            row.add(Text.printable(cell).replaceAll("[\\n\\t]", " "));
        }
        rows.add(row);
        return this;
    }

    /** The lines, headings first. */
    public List<String> lines(Style style) {
        List<String> lines = new ArrayList<>();
        lines.add(style.bold(line(columns.stream().map(Column::heading).toList())));
        rows.forEach(row -> lines.add(line(row)));
        return lines;
    }

    private String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            String padding = " ".repeat(Math.max(0, width(i) - length(cell)));
            line.append(i == 0 ? "" : GAP)
                    .append(columns.get(i).align() == Align.RIGHT ? padding + cell : cell + padding);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        int widest = length(columns.get(column).heading());
        for (List<String> row : rows) {
            widest = Math.max(widest, length(row.get(column)));
        }
        return widest;
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
