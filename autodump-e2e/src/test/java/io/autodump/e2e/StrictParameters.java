package io.autodump.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/** Refuses what the service would refuse: a field that it doesn't have. */
final class StrictParameters {
    private StrictParameters() {}

    static void check(JsonNode parameters, Set<String> known) {
        Set<String> unknown = new TreeSet<>();
        parameters.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new AssertionError("no such parameters: " + unknown + " in " + parameters);
        }
    }
}
