package io.autodump.postgres.look;

import io.autodump.core.restore.RestoreObstacle;
import io.autodump.core.restore.SkippableKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects obstacles. Things that fail for the same reason are one obstacle. Not thread-safe. */
final class Obstacles {
    private static final int MOST_NAMES = 5;

    /** What obstacles have in common. */
    private record Reason(String kind, String why, String remedy, Optional<SkippableKind> skip) {}

    private final Map<Reason, List<String>> names = new LinkedHashMap<>();

    void add(String kind, String name, String why, String remedy) {
        add(kind, name, why, remedy, Optional.empty());
    }

    void add(String kind, String name, String why, String remedy, SkippableKind skip) {
        add(kind, name, why, remedy, Optional.of(skip));
    }

    private void add(String kind, String name, String why, String remedy, Optional<SkippableKind> skip) {
        names.computeIfAbsent(new Reason(kind, why, remedy, skip), reason -> new ArrayList<>())
                .add(name);
    }

    List<RestoreObstacle> all() {
        return names.entrySet().stream()
                .map(found -> new RestoreObstacle(
                        found.getKey().kind(),
                        few(found.getValue()),
                        found.getKey().why(),
                        found.getKey().remedy(),
                        found.getKey().skip()))
                .toList();
    }

    static String few(List<String> names) {
        int more = names.size() - MOST_NAMES;
        return String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())))
                + (more > 0 ? " and " + more + " more" : "");
    }
}
