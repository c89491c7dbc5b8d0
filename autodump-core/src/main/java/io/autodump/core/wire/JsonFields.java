package io.autodump.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads required fields of a JSON object. */
record JsonFields(JsonNode parent) {
    boolean has(String name) {
        return parent.hasNonNull(name);
    }

    JsonNode node(String name) {
        JsonNode value = parent.get(name);
        if (value == null || value.isNull()) {
            throw new IllegalArgumentException(name + ": is missing");
        }
        return value;
    }

    JsonFields object(String name) {
        return new JsonFields(node(name));
    }

    String text(String name) {
        if (!node(name).isTextual()) {
            throw new IllegalArgumentException(name + ": must be a JSON string");
        }
        return node(name).textValue();
    }

    <T> T text(String name, Function<String, T> reader) {
        return reader.apply(text(name));
    }

    long number(String name) {
        if (!node(name).canConvertToLong() || !node(name).isIntegralNumber()) {
            throw new IllegalArgumentException(name + ": must be a whole number");
        }
        return node(name).longValue();
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        node(name).forEach(element -> texts.add(element.asText()));
        return texts;
    }
}
