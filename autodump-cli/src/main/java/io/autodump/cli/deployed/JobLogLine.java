package io.autodump.cli.deployed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.autodump.cli.terminal.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A line of a job's log, which is a JSON object, for a person. */
final class JobLogLine {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** What every line has, what the heading of the command says, and what comes again with the failure. */
    private static final Set<String> LEFT_OUT =
            Set.of("timestamp", "level", "message", "secretArn", "scheduledAt", "report", "stackTrace", "_aws");

    private JobLogLine() {}

    /** Returns the time, the level unless it is {@code INFO}, the message, and the other fields. */
    static String of(String line) {
        try {
            JsonNode json = MAPPER.readTree(line);
            return json.has("message") ? of(json) : Text.line(line);
        } catch (JsonProcessingException text) {
            return Text.line(line);
        }
    }

    private static String of(JsonNode json) {
        List<String> words = new ArrayList<>(List.of(json.path("timestamp").asText("-")));
        String level = json.path("level").asText("INFO");
        if (!level.equals("INFO")) {
            words.add(level);
        }
        words.add(json.path("message").asText());
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            if (isShown(field)) {
                words.add(field.getKey() + "=" + text(field.getValue()));
            }
        }
        return Text.line(String.join(" ", words));
    }

    /** Names of metrics begin with a capital letter. */
    private static boolean isShown(Map.Entry<String, JsonNode> field) {
        return !LEFT_OUT.contains(field.getKey())
                && !Character.isUpperCase(field.getKey().charAt(0))
                && !(field.getValue().isContainerNode() && field.getValue().isEmpty());
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.toString();
    }
}
