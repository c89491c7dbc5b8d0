package io.autodump.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.autodump.cli.mail.EmailChannel;
import io.autodump.core.error.Problem;
import io.autodump.core.internal.NearestName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** One entry of {@code notify:}. Every problem names the entry and the key, and quotes no URL and no password. */
final class NotifyEntry {
    private static final int HIGHEST_PORT = 65_535;

    private final String where;
    private final JsonNode node;
    private final List<Problem> problems;

    NotifyEntry(String where, JsonNode node, List<Problem> problems) {
        this.where = where;
        this.node = node;
        this.problems = problems;
    }

    void problem(String key, String what) {
        problems.add(new Problem(where + "." + key, what));
    }

    void notOneOf(String key, String word, List<String> words) {
        problem(key, "\"" + word + "\" isn't one of " + String.join(", ", words) + NearestName.didYouMean(word, words));
    }

    boolean has(String key) {
        return node.has(key);
    }

    void requireKnown(List<String> common, List<String> own) {
        List<String> known = new ArrayList<>(common);
        known.addAll(own);
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                String suggestion = NearestName.didYouMean(key, known);
                problem(
                        key,
                        "isn't a key of this type"
                                + (suggestion.isEmpty() ? "; the keys are " + String.join(", ", known) : suggestion));
            }
        });
    }

    Optional<String> text(String key) {
        JsonNode value = node.path(key);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isTextual() || value.textValue().isBlank()) {
            problem(key, "must be text");
            return Optional.empty();
        }
        return Optional.of(value.textValue());
    }

    Optional<String> required(String key, String example) {
        if (!has(key)) {
            problem(key, "is missing; for example " + key + ": " + example);
        }
        return text(key);
    }

    /** One text, or a list of texts. Empty if the key is absent. */
    List<String> texts(String key) {
        JsonNode value = node.path(key);
        if (!value.isArray()) {
            return text(key).map(List::of).orElse(List.of());
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : value) {
            if (element.isTextual() && !element.textValue().isBlank()) {
                texts.add(element.textValue());
            } else {
                problem(key, "must be a list of texts; put numbers and true or false in quotes");
            }
        }
        return texts;
    }

    /** One of a few words. Empty if the key is absent, unless it is the type of the entry, or if it is another word. */
    Optional<String> oneOf(String key, List<String> words) {
        if (!node.isObject()) {
            problems.add(new Problem(where, "must be a mapping that begins with type: " + words.get(0)));
            return Optional.empty();
        }
        if (key.equals("type") && !has(key)) {
            problem(key, "is missing; it is one of " + String.join(", ", words));
        }
        Optional<String> word = text(key);
        word.filter(given -> !words.contains(given)).ifPresent(given -> notOneOf(key, given, words));
        return word.filter(words::contains);
    }

    Optional<Integer> port(String key) {
        JsonNode value = node.path(key);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isInt() || value.intValue() < 1 || value.intValue() > HIGHEST_PORT) {
            problem(key, "isn't a whole number from 1 to " + HIGHEST_PORT);
            return Optional.empty();
        }
        return Optional.of(value.intValue());
    }

    Optional<Path> path(String key, Function<String, Path> paths) {
        try {
            return text(key).map(paths);
        } catch (IllegalArgumentException wrong) {
            problem(key, String.valueOf(wrong.getMessage()));
            return Optional.empty();
        }
    }

    /** Notes a problem for a text that isn't an address. */
    Predicate<String> address(String key) {
        return text -> {
            boolean valid = EmailChannel.isAddress(text);
            if (!valid) {
                problem(key, "\"" + text + "\" isn't an address such as ops@example.com");
            }
            return valid;
        };
    }
}
