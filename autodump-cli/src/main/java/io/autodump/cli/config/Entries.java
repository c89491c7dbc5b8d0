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
    private final String prefix;

    /**
     * Collects entries by key.
     *
     * @param keys all known keys; those of a section as {@code section.key}
     */
    Entries(List<String> keys, YamlEntries yaml) {
        this.keys = keys;
        this.problems = new ArrayList<>(yaml.problems());
        this.readable = problems.isEmpty();
        this.prefix = "";
        yaml.entries().forEach(this::sort);
    }

    /** The entries below a prefix, by the rest of their keys. Their problems are problems of the whole. */
    private Entries(Entries whole, String prefix) {
        this.keys = List.of();
        this.problems = whole.problems;
        this.readable = whole.readable;
        this.prefix = prefix;
        whole.names(prefix).forEach(key -> {
            YamlEntries.Entry entry = whole.byKey.get(key);
            if (entry != null) {
                byKey.put(key.substring(prefix.length()), entry);
            }
        });
    }

    private void sort(YamlEntries.Entry entry) {
        String ofStore = StoresSection.keyOfStore(entry.key()).orElse(entry.key());
        List<String> known = ofStore.equals(entry.key()) ? keys : StoresSection.KEYS;
        if (!known.contains(ofStore) && !StoresSection.isShort(entry.key())) {
            String suggestion = NearestName.didYouMean(ofStore, known);
            problems.add(new Problem(
                    entry.where(),
                    "isn't a key of this file"
                            + (suggestion.isEmpty()
                                    ? "; the keys are " + String.join(", ", siblings(ofStore, known))
                                    : suggestion)));
            return;
        }
        YamlEntries.Entry first = byKey.putIfAbsent(entry.key(), entry);
        if (first != null) {
            problems.add(new Problem(entry.where(), "is a duplicate of line " + first.line() + "; keep one"));
        }
    }

    private static List<String> siblings(String key, List<String> known) {
        String section = key.substring(0, key.indexOf('.') + 1);
        return known.stream()
                .filter(other -> other.startsWith(section) && other.indexOf('.', section.length()) < 0)
                .toList();
    }

    /** The command line overrides the file. */
    void override(Map<String, String> values) {
        values.forEach((key, text) -> byKey.put(key, YamlEntries.Entry.ofOption(key, text)));
    }

    /** Returns the entries below a prefix, which ends in a dot. */
    Entries in(String below) {
        return new Entries(this, below);
    }

    /** Returns the keys below a prefix, in the order of the file. */
    List<String> names(String below) {
        return byKey.keySet().stream().filter(key -> key.startsWith(below)).toList();
    }

    /** Returns whether a section, or a key of it, is there. */
    boolean hasAny(String section) {
        return has(section) || !names(section + ".").isEmpty();
    }

    boolean has(String key) {
        return byKey.containsKey(key);
    }

    /** As {@link #read}; an absent key is a problem. */
    <T> Optional<T> required(String key, String example, Function<JsonNode, T> reader) {
        // A file that isn't YAML has one problem, not a list of missing keys.
        if (!has(key) && readable) {
            problems.add(new Problem(prefix + key, "is missing; for example " + key + ": " + example));
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
