package io.autodump.postgres.dump;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What {@code pg_dump} warns of while it dumps, each text once. Subscriptions that it leaves out aren't repeated here:
 * the dump's report names them one by one. Thread-safe.
 */
final class PgDumpWarnings {
    private static final int MOST = 20;
    private static final String SUBSCRIPTIONS = "subscriptions not dumped";

    private final Set<String> texts = new LinkedHashSet<>();

    /** Takes a warning, without the program's name. */
    synchronized void add(String text) {
        if (texts.size() < MOST && !text.startsWith(SUBSCRIPTIONS)) {
            texts.add("pg_dump: " + text);
        }
    }

    /** At most {@value #MOST}, in the order in which they came. */
    synchronized List<String> all() {
        return List.copyOf(texts);
    }
}
