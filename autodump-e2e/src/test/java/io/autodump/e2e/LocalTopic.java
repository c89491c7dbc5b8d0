package io.autodump.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** {@code sns:publish}, which refuses what SNS refuses. */
final class LocalTopic implements Integration {
    private final List<JsonNode> published = new CopyOnWriteArrayList<>();
    private volatile boolean refusing;

    /** What was published. */
    List<JsonNode> published() {
        return List.copyOf(published);
    }

    void refuse() {
        refusing = true;
    }

    @Override
    public JsonNode perform(JsonNode parameters) throws TaskFailure {
        StrictParameters.check(parameters, Set.of("TopicArn", "Subject", "Message", "MessageAttributes"));
        // API reference, Publish: a subject is ASCII, begins with a letter, has no line break, and under
        // 100 characters.
        if (!parameters.path("Subject").asText().matches("[A-Za-z][ -~]{0,98}")) {
            throw new AssertionError("not a subject: " + parameters);
        }
        if (parameters.path("Message").asText().isEmpty()) {
            throw new AssertionError("not a message: " + parameters);
        }
        if (refusing) {
            throw new TaskFailure("SNS.AuthorizationErrorException", "not authorized to perform: SNS:Publish");
        }
        published.add(parameters);
        return new JsonMapper().createObjectNode().put("MessageId", "message-" + published.size());
    }
}
