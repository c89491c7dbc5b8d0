package io.autodump.core.server;

import java.util.List;

/**
 * The databases of a server that a run dumps, because {@code autodump:databases} asks for several. Immutable.
 *
 * @param names sorted; at least one
 */
public record ServerDatabases(List<String> names) {
    /** Sorts the names. */
    public ServerDatabases {
        names = names.stream().sorted().toList();
        if (names.isEmpty()) {
            throw new IllegalArgumentException("a run dumps at least one database");
        }
    }
}
