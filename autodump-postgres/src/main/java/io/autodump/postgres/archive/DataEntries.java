package io.autodump.postgres.archive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The entries of a contents list that have data, in the order of their data. Needs some bytes of memory for each entry,
 * and keeps the names of the first {@value #MOST_NAMES} for messages.
 */
final class DataEntries {
    private static final String LARGE_OBJECTS = "BLOBS";
    private static final String TABLE = "TABLE DATA";
    private static final int MOST_NAMES = 10_000;

    private int[] ids = new int[16];
    private int size;
    private final BitSet largeObjects = new BitSet();
    private final List<String> names = new ArrayList<>();

    void add(int id, String kind, String schema, String tag) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, 2 * size);
        }
        largeObjects.set(size, kind.equals(LARGE_OBJECTS));
        if (size < MOST_NAMES) {
            names.add(name(kind, schema, tag));
        }
        ids[size++] = id;
    }

    private static String name(String kind, String schema, String tag) {
        String name =
                switch (kind) {
                    case LARGE_OBJECTS -> "the large objects";
                    case TABLE -> "the rows of " + (schema.isEmpty() ? tag : schema + "." + tag);
                    default -> "the data of " + kind + " " + tag;
                };
        return name.replaceAll("\\p{Cntrl}", "?");
    }

    int size() {
        return size;
    }

    int id(int index) {
        return ids[index];
    }

    boolean isLargeObjects(int index) {
        return largeObjects.get(index);
    }

    /** Describes the data for a message: the rows of a table, for example. */
    String describe(int index) {
        return index < names.size() ? names.get(index) : "the rows of entry " + ids[index];
    }
}
