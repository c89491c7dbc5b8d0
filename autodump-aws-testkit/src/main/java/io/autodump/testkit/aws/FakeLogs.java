package io.autodump.testkit.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The log streams of one log group, {@link FakeExecutions#LOG_GROUP}. Knows the filter patterns for JSON that compare
 * fields with texts. Gives at most 10 lines at a time. Thread-safe.
 */
public final class FakeLogs {
    private static final int PAGE = 10;
    private static final Pattern COMPARISON = Pattern.compile("\\$\\.(\\w+) = \"([^\"]*)\"");

    private final Map<String, List<Line>> streams = new LinkedHashMap<>();

    FakeLogs() {}

    private record Line(long at, String text) {}

    /** Adds a line to a stream; makes the stream if it is new. */
    public synchronized void add(String stream, String line) {
        streams.computeIfAbsent(stream, name -> new ArrayList<>()).add(new Line(System.currentTimeMillis(), line));
    }

    /** API reference, FilterLogEvents: the lines of all streams that match, since a time. */
    synchronized FakeAnswer filter(FakeRequest request) {
        if (isOther(request)) {
            return missing();
        }
        ObjectNode answer = FakeRequest.MAPPER.createObjectNode();
        ArrayNode events = answer.putArray("events");
        streams.forEach((stream, lines) -> lines.stream()
                .filter(line -> line.at() >= request.fields().path("startTime").asLong(0))
                .filter(line -> matches(line.text(), request.field("filterPattern")))
                .forEach(line -> events.addObject()
                        .put("logStreamName", stream)
                        .put("timestamp", line.at())
                        .put("message", line.text())));
        return FakeAnswer.of(answer);
    }

    /** API reference, GetLogEvents, from the head: at the end of the stream it answers with the token it was given. */
    synchronized FakeAnswer get(FakeRequest request) {
        List<Line> lines = streams.get(request.field("logStreamName"));
        if (isOther(request) || lines == null) {
            return missing();
        }
        String token = request.field("nextToken");
        int from = token.isEmpty() ? 0 : Integer.parseInt(token.substring(2));
        int to = Math.min(from + PAGE, lines.size());
        ObjectNode answer = FakeRequest.MAPPER.createObjectNode();
        ArrayNode events = answer.putArray("events");
        lines.subList(from, to)
                .forEach(line -> events.addObject().put("timestamp", line.at()).put("message", line.text()));
        return FakeAnswer.of(answer.put("nextForwardToken", "f/" + to).put("nextBackwardToken", "b/" + from));
    }

    private static boolean isOther(FakeRequest request) {
        return !request.field("logGroupName").equals(FakeExecutions.LOG_GROUP);
    }

    private static FakeAnswer missing() {
        return FakeAnswer.error("ResourceNotFoundException", "The specified log stream does not exist.");
    }

    private static boolean matches(String line, String pattern) {
        JsonNode json;
        try {
            json = FakeRequest.MAPPER.readTree(line);
        } catch (JsonProcessingException text) {
            return false;
        }
        Matcher comparison = COMPARISON.matcher(pattern);
        boolean all = true;
        while (comparison.find()) {
            all &= json.path(comparison.group(1)).asText().equals(comparison.group(2));
        }
        return all;
    }
}
