package io.autodump.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** {@code aws-sdk:cloudwatchlogs:filterLogEvents}, for the one pattern that is used. */
final class LocalLogs implements Integration {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final List<String> reports = new CopyOnWriteArrayList<>();
    private volatile boolean refusing;

    /** From now on every log has a line with this report. */
    void report(String report) {
        reports.add(report);
    }

    void refuse() {
        refusing = true;
    }

    @Override
    public JsonNode perform(JsonNode parameters) throws TaskFailure {
        StrictParameters.check(parameters, Set.of("LogGroupName", "LogStreamNames", "FilterPattern", "Limit"));
        if (parameters.path("LogStreamNames").size() != 1
                || !parameters.path("FilterPattern").asText().equals("{ $.report = \"AD-*\" }")) {
            throw new AssertionError("not what the dumper's log is asked for: " + parameters);
        }
        if (refusing) {
            throw new TaskFailure("CloudWatchLogs.AccessDeniedException", "not authorized");
        }
        ObjectNode answer = MAPPER.createObjectNode();
        ArrayNode events = answer.putArray("Events");
        reports.stream()
                .limit(parameters.path("Limit").asInt())
                .forEach(report -> events.addObject()
                        .put(
                                "Message",
                                MAPPER.createObjectNode().put("report", report).toString()));
        return answer;
    }
}
