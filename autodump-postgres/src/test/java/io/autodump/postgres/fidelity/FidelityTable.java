package io.autodump.postgres.fidelity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of docs/fidelity.md. */
final class FidelityTable {
    private static final Path PAGE = Path.of("..", "docs", "fidelity.md");
    private static final Pattern CATALOGUE = Pattern.compile("`(pg_[a-z_]+)`");
    private static final int PART_COLUMNS = 6;

    private FidelityTable() {}

    /**
     * A row about a part.
     *
     * @param versions of PostgreSQL that have it; empty for all
     * @param superuser its class in a superuser's dump
     * @param reader its class in the dump of a role that has {@code pg_read_all_data} and nothing else
     */
    record Row(String part, List<String> catalogues, String versions, String superuser, String reader) {}

    static List<Row> rows() {
        return cells().filter(
                        cells -> cells.size() == PART_COLUMNS && !cells.get(0).equals("part"))
                .map(cells -> new Row(cells.get(0), catalogues(cells.get(1)), cells.get(2), cells.get(3), cells.get(4)))
                .toList();
    }

    /** The catalogues that are said to hold no part of a database. */
    static Set<String> notPartOfADatabase() {
        return cells().filter(cells -> cells.size() == 2 && cells.get(0).startsWith("`pg_"))
                .flatMap(cells -> catalogues(cells.get(0)).stream())
                .collect(Collectors.toSet());
    }

    private static List<String> catalogues(String cell) {
        return CATALOGUE
                .matcher(cell)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static Stream<List<String>> cells() {
        try {
            return Files.readString(PAGE)
                    .lines()
                    .filter(line -> line.startsWith("| ") && line.endsWith("|"))
                    .map(line -> Stream.of(line.substring(1, line.length() - 1).split("\\|", -1))
                            .map(String::strip)
                            .toList());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
