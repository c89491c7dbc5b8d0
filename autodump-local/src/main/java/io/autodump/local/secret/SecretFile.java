package io.autodump.local.secret;

import com.fasterxml.jackson.core.JsonProcessingException;
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
 * The content of one secret file, or everything that is wrong with it. Problems never quote the file, which holds a
 * password. The parser's own messages would quote it, so they aren't used.
 *
 * @param tags all tags; empty if there are problems
 * @param value present unless there are problems
 * @param problems where (a key, a line or the file) and what
 */
record SecretFile(Map<String, String> tags, Optional<SecretValue> value, List<Problem> problems) {
    private static final List<String> KEYS = List.of("name", "tags", "value");
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** Parses the file of the secret with this name. */
    static SecretFile parse(String name, String json) {
        if (json.startsWith(BYTE_ORDER_MARK)) {
            return broken(new Problem(
                    "file",
                    "begins with a byte-order mark (U+FEFF), which JSON doesn't allow; save it as UTF-8 without a"
                            + " byte-order mark (BOM)"));
        }
        try {
            if (MAPPER.readTree(json) instanceof ObjectNode object) {
                return parse(name, object);
            }
            return broken(new Problem("file", "isn't a JSON object"));
        } catch (JsonProcessingException wrong) {
            String place = wrong.getLocation() == null
                    ? "file"
                    : "line " + wrong.getLocation().getLineNr() + ", column "
                            + wrong.getLocation().getColumnNr();
            return broken(new Problem(place, "isn't valid JSON" + reason(wrong)));
        } catch (NumberFormatException wrong) {
            return broken(new Problem("file", "has a number that is too large"));
        }
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

    static SecretFile broken(Problem problem) {
        return new SecretFile(Map.of(), Optional.empty(), List.of(problem));
    }

    private static SecretFile parse(String name, ObjectNode object) {
        List<Problem> problems = new ArrayList<>();
        object.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                problems.add(new Problem(
                        key,
                        "isn't a key of a secret file (" + String.join(", ", KEYS) + ")"
                                + NearestName.didYouMean(key, KEYS)));
            }
        });
        checkName(name, object.get("name"), problems);
        Map<String, String> tags = tags(object.get("tags"), problems);
        Optional<SecretValue> value = value(object.get("value"), problems);
        return problems.isEmpty()
                ? new SecretFile(tags, value, List.of())
                : new SecretFile(Map.of(), Optional.empty(), problems);
    }

    private static void checkName(String expected, @Nullable JsonNode node, List<Problem> problems) {
        if (node == null || !node.isTextual()) {
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
