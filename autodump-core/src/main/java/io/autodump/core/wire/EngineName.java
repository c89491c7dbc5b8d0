package io.autodump.core.wire;

import io.autodump.core.internal.NearestName;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The {@code engine} of a secret. */
final class EngineName {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]*");
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "pg", "postgres",
            "psql", "postgres",
            "pgsql", "postgres",
            "aurora", "aurora-postgresql",
            "aurora-postgres", "aurora-postgresql",
            "aurora-pg", "aurora-postgresql");

    private EngineName() {}

    /**
     * Says what is wrong with a name. Names a known engine if one is meant, and never the value, which may be anything.
     *
     * @param engines the names that a secret may have; empty for any
     */
    static Optional<String> problem(String engine, Set<String> engines) {
        if (engines.isEmpty()) {
            return FORM.matcher(engine).matches()
                    ? Optional.empty()
                    : Optional.of("must be of lower-case letters, digits and hyphens");
        }
        return engines.contains(engine)
                ? Optional.empty()
                : Optional.of("must be one of " + String.join(", ", new TreeSet<>(engines))
                        + meant(engine, engines).map(name -> "; write " + name).orElse(""));
    }

    private static Optional<String> meant(String engine, Set<String> engines) {
        return Optional.ofNullable(OTHER_NAMES.get(engine.toLowerCase(Locale.ROOT)))
                .filter(engines::contains)
                .or(() -> NearestName.of(engine, engines));
    }
}
