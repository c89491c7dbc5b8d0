package io.autodump.dumper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/** What a run of the dumper has written. */
interface DumperOutput {
    /** All that it has said, wherever. */
    String text();

    /** Standard output, every line of which is an object. */
    default List<JsonNode> lines() {
        return text().lines().map(DumperOutput::parse).toList();
    }

    /** The one line with this message. */
    default JsonNode line(String message) {
        List<JsonNode> found = lines().stream()
                .filter(line -> line.path("message").asText().equals(message))
                .toList();
        assertThat(found).as(text()).hasSize(1);
        return found.get(0);
    }

    private static JsonNode parse(String line) {
        try {
            return new JsonMapper().readTree(line);
        } catch (JsonProcessingException wrong) {
            throw new AssertionError("not JSON: " + line, wrong);
        }
    }
}
