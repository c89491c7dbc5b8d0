package io.autodump.local.secret;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.core.error.Problem;
import io.autodump.core.internal.NearestName;
import io.autodump.core.secret.SecretValue;
import io.autodump.local.file.PathText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One secret of a secret file, or everything that is wrong with it. A file holds one secret, or an array of them.
 * Problems never quote the file, which holds a password. The parser's own messages would quote it, so they aren't used.
 *
 * @param name the name of the secret; that of the file if it has none or isn't readable
 * @param tags all tags; empty if there are problems
 * @param value present unless there are problems
 * @param problems where (a key, a line or the file) and what
 */
record SecretFile(String name, Map<String, String> tags, Optional<SecretValue> value, List<Problem> problems) {
    private static final List<String> KEYS = List.of("name", "tags", "value");
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** Returns whether a text would be an array of secrets. */
    static boolean isArray(String json) {
        return json.stripLeading().startsWith("[");
    }

    /** Parses the file with this name. Its only secret has the same name; the secrets of an array have their own. */
    static List<SecretFile> parse(String file, String json) {
        if (json.startsWith(BYTE_ORDER_MARK)) {
            return broken(
                    file,
                    new Problem(
                            "file",
                            "begins with a byte-order mark (U+FEFF), which JSON doesn't allow; save it as UTF-8 without a"
                                    + " byte-order mark (BOM)"));
        }
        try {
            JsonNode node = MAPPER.readTree(json);
            if (node instanceof ObjectNode object) {
                return List.of(one(file, object));
            }
            return node.isArray() ? several(file, node) : broken(file, new Problem("file", "isn't a JSON object"));
        } catch (JsonProcessingException wrong) {
            String place = wrong.getLocation() == null
                    ? "file"
                    : "line " + wrong.getLocation().getLineNr() + ", column "
                            + wrong.getLocation().getColumnNr();
            return broken(file, new Problem(place, limit(wrong).orElseGet(() -> "isn't valid JSON" + reason(wrong))));
        } catch (NumberFormatException wrong) {
            return broken(file, new Problem("file", "has a number that is too large"));
        }
    }

    /** Valid JSON can have more than the parser takes. */
    private static Optional<String> limit(JsonProcessingException wrong) {
        String said = String.valueOf(wrong.getOriginalMessage());
        if (said.startsWith("Document nesting depth")) {
            return Optional.of("is nested deeper than " + StreamReadConstraints.DEFAULT_MAX_DEPTH + " levels");
        }
        return said.startsWith("Number value length")
                ? Optional.of("has a number of more than " + StreamReadConstraints.DEFAULT_MAX_NUM_LEN + " digits")
                : Optional.empty();
    }

    /** The parser's own message quotes the text, which may be a password. */
    private static String reason(JsonProcessingException wrong) {
        String said = String.valueOf(wrong.getOriginalMessage());
        if (said.startsWith("Duplicate field")) {
            return ": it has a key twice";
        }
        return said.startsWith("Illegal unquoted character")
                ? ": a tab, a line break or another control character between quotes is written as \\t, \\n or \\u00XX"
                : "";
    }

    static List<SecretFile> broken(String file, Problem problem) {
        return List.of(new SecretFile(file, Map.of(), Optional.empty(), List.of(problem)));
    }

    private static List<SecretFile> several(String file, JsonNode array) {
        List<SecretFile> secrets = new ArrayList<>();
        for (JsonNode element : array) {
            String where = "secret " + (secrets.size() + 1);
            if (element instanceof ObjectNode object && isName(object.get("name"))) {
                secrets.add(read(object.get("name").textValue(), object, new ArrayList<>())
                        .in(where));
            } else {
                secrets.addAll(broken(file, new Problem(where, "isn't a JSON object with a name, tags and a value")));
            }
        }
        return secrets;
    }

    private SecretFile in(String where) {
        List<Problem> there = problems.stream()
                .map(problem -> new Problem(where + ", " + problem.where(), problem.what()))
                .toList();
        return new SecretFile(name, tags, value, there);
    }

    private static boolean isName(@Nullable JsonNode node) {
        return node != null
                && node.isTextual()
                && !node.textValue().isBlank()
                && !PathText.hasControls(node.textValue());
    }

    private static SecretFile one(String name, ObjectNode object) {
        List<Problem> problems = new ArrayList<>();
        checkName(name, object.get("name"), problems);
        return read(name, object, problems);
    }

    private static SecretFile read(String name, ObjectNode object, List<Problem> problems) {
        object.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                problems.add(new Problem(
                        key,
                        "isn't a key of a secret file (" + String.join(", ", KEYS) + ")"
                                + NearestName.didYouMean(key, KEYS)));
            }
        });
        Map<String, String> tags = tags(object.get("tags"), problems);
        Optional<SecretValue> value = value(object.get("value"), problems);
        return problems.isEmpty()
                ? new SecretFile(name, tags, value, List.of())
                : new SecretFile(name, Map.of(), Optional.empty(), problems);
    }

    private static void checkName(String expected, @Nullable JsonNode node, List<Problem> problems) {
        if (node == null) {
            return;
        }
        if (!node.isTextual()) {
            problems.add(new Problem("name", "must be a JSON string: \"" + expected + "\", like the file"));
        } else if (!node.textValue().equals(expected)) {
            problems.add(new Problem(
                    "name",
                    "is \"" + PathText.oneLine(node.textValue()) + "\", but the file is named for \"" + expected
                            + "\"; the two must be the same (a / in a name is a subfolder)"));
        }
    }

    private static Map<String, String> tags(@Nullable JsonNode node, List<Problem> problems) {
        Map<String, String> tags = new LinkedHashMap<>();
        if (node == null) {
            return tags;
        }
        if (!node.isObject()) {
            problems.add(new Problem("tags", "must be a JSON object"));
            return tags;
        }
        node.properties().forEach(tag -> {
            if (tag.getValue().isTextual()) {
                tags.put(tag.getKey(), tag.getValue().textValue());
            } else {
                problems.add(new Problem("tags." + tag.getKey(), "must be a JSON string, in quotes"));
            }
        });
        return tags;
    }

    private static Optional<SecretValue> value(@Nullable JsonNode node, List<Problem> problems) {
        if (node != null && node.isObject()) {
            return Optional.of(SecretValue.of(node.toString()));
        }
        if (node != null && node.isTextual()) {
            return Optional.of(SecretValue.of(node.textValue()));
        }
        problems.add(new Problem("value", "must be a JSON object (username, password, databasename, endpoint, …)"));
        return Optional.empty();
    }
}
