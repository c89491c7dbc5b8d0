package io.autodump.postgres.part;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Chooses the tables whose rows are dumped in parts. */
final class TableChoice {
    /** {@code pg_dump} gets a pattern for each of them. */
    private static final int MOST = 1000;

    /**
     * How many times the rest must fit into the share of one session. Parts are dumped and restored faster than the
     * same rows by {@code pg_dump} and {@code pg_restore}, and when these are done their session takes parts.
     */
    private static final int SHARES = 8;

    private TableChoice() {}

    /**
     * Takes tables, largest first, until what is left for {@code pg_dump} is a small part of the share of one session.
     *
     * @param candidates the tables that can be dumped in parts
     * @param allBytes the size of everything that is dumped
     */
    static List<LargeTable> of(List<LargeTable> candidates, long allBytes, int jobs) {
        List<LargeTable> chosen = new ArrayList<>();
        long left = allBytes;
        for (LargeTable table : largestFirst(candidates)) {
            if (left <= allBytes / jobs / SHARES || chosen.size() == MOST) {
                break;
            }
            chosen.add(table);
            left -= table.bytes();
        }
        return List.copyOf(chosen);
    }

    private static List<LargeTable> largestFirst(List<LargeTable> tables) {
        return tables.stream()
                .sorted(Comparator.comparingLong(LargeTable::bytes)
                        .reversed()
                        .thenComparing(LargeTable::schema)
                        .thenComparing(LargeTable::name))
                .toList();
    }
}
