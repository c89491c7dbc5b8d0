package io.autodump.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.autodump.core.error.Problem;
import io.autodump.core.internal.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The entries of a configuration by key, and every problem found while reading them. */
final class Entries {
    private final List<String> keys;
    private final Map<String, YamlEntries.Entry> byKey = new LinkedHashMap<>();
    private final List<Problem> problems;
    private final boolean readable;

    /**
     * Collects entries by key.
     *
     * @param keys all known keys; those of a section as {@code section.key}
     */
    Entries(List<String> keys, YamlEntries yaml) {
        this.keys = keys;
        this.problems = new ArrayList<>(yaml.problems());
        this.readable = problems.isEmpty();
        yaml.entries().forEach(this::sort);
    }

    private void sort(YamlEntries.Entry entry) {
        if (!keys.contains(entry.key())) {
            String suggestion = NearestName.didYouMean(entry.key(), keys);
            problems.add(new Problem(
                    entry.where(),
                    "isn't a key of this file"
                            + (suggestion.isEmpty()
                                    ? "; the keys are " + String.join(", ", siblings(entry.key()))
                                    : suggestion)));
            return;
        }
        YamlEntries.Entry first = byKey.putIfAbsent(entry.key(), entry);
        if (first != null) {
            problems.add(new Problem(entry.where(), "is a duplicate of line " + first.line() + "; keep one"));
        }
    }

    private List<String> siblings(String key) {
        String section = key.substring(0, key.indexOf('.') + 1);
        return keys.stream()
                .filter(other -> other.startsWith(section) && other.indexOf('.', section.length()) < 0)
                .toList();
    }

    /** The command line overrides the file. */
    void override(Map<String, String> values) {
        values.forEach((key, text) -> byKey.put(key, YamlEntries.Entry.ofOption(key, text)));
    }

    boolean has(String key) {
        return byKey.containsKey(key);
    }

    /** As {@link #read}; an absent key is a problem. */
    <T> Optional<T> required(String key, String example, Function<JsonNode, T> reader) {
        // A file that isn't YAML has one problem, not a list of missing keys.
        if (!has(key) && readable) {
            problems.add(new Problem(key, "is missing; for example " + key + ": " + example));
        }
        return read(key, reader);
    }

    /**
     * Reads the value of a key. Empty if the key is absent, or if the value is invalid, which is noted as a problem.
     */
    <T> Optional<T> read(String key, Function<JsonNode, T> reader) {
        YamlEntries.Entry entry = byKey.get(key);
        if (entry == null) {
            return Optional.empty();
        }
        if (entry.value().isMissingNode()) {
            problems.add(new Problem(entry.where(), "has no value; write one, or remove the line"));
            return Optional.empty();
        }
        try {
            return Optional.of(reader.apply(entry.value()));
        } catch (IllegalArgumentException wrong) {
            problems.add(new Problem(entry.where(), String.valueOf(wrong.getMessage())));
            return Optional.empty();
        }
    }

    List<Problem> problems() {
        return problems;
    }
}
