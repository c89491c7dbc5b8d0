package io.autodump.core.schedule;

import io.autodump.core.internal.NearestName;
import java.util.Optional;
import java.util.TreeMap;

/** The macros: names for a whole expression, such as {@code @daily}. */
final class CronMacros {

    private static final TreeMap<String, String> EXPANSIONS = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    static {
        EXPANSIONS.put("@hourly", "0 * * * *");
        EXPANSIONS.put("@daily", "0 0 * * *");
        EXPANSIONS.put("@midnight", "0 0 * * *");
        EXPANSIONS.put("@weekly", "0 0 * * 0");
        EXPANSIONS.put("@monthly", "0 0 1 * *");
        EXPANSIONS.put("@yearly", "0 0 1 1 *");
        EXPANSIONS.put("@annually", "0 0 1 1 *");
    }

    private CronMacros() {}

    static Optional<String> expand(String name) {
        return Optional.ofNullable(EXPANSIONS.get(name));
    }

    static String known() {
        return String.join(", ", EXPANSIONS.keySet());
    }

    static Optional<String> nearest(String name) {
        return NearestName.of(name, EXPANSIONS.keySet());
    }
}
