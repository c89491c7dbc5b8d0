package io.autodump.lambda.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.autodump.core.contract.SecretArn;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.record.RunPlace;
import io.autodump.core.secret.SecretId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** What an execution of the state machine knows about its run, as it passes it on. */
final class RunEvent {
    static final JsonMapper MAPPER = new JsonMapper();

    private final JsonNode node;

    private RunEvent(JsonNode node) {
        this.node = node;
    }

    /**
     * Reads an event.
     *
     * @throws AutoDumpException {@code INVALID_DOCUMENT}
     */
    static RunEvent parse(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node != null && node.path("resourceId").isTextual()) {
                return new RunEvent(node);
            }
        } catch (JsonProcessingException notJson) {
            // Reported below: the parser's message would quote the text.
        }
        throw wrong("resourceId must be the ARN of a secret");
    }

    SecretId secret() {
        return SecretId.of(node.path("resourceId").textValue());
    }

    /** The name in the secret's ARN. */
    String secretName() {
        return SecretArn.parse(secret().value())
                .filter(SecretArn::isComplete)
                .map(SecretArn::name)
                .orElse(secret().value());
    }

    Instant scheduledAt() {
        try {
            return Instant.parse(node.path("when").asText());
        } catch (DateTimeException missing) {
            throw wrong("when must be an instant");
        }
    }

    /** How many attempts were made: 0 if none could begin. */
    int attempts() {
        return node.path("attempt").path("number").asInt();
    }

    /** Why there is no dump, in the words of the state machine, with the reasons of AWS Batch. */
    String reason() {
        return Stream.of(
                        node.path("why").path("text"),
                        node.path("check").path("answer").path("reason"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .findFirst()
                .orElse("the state machine gave no reason");
    }

    /** The last job and its log, if Batch has accepted a job and a container was started. */
    RunPlace place() {
        JsonNode job = node.path("job").path("description");
        return new RunPlace(
                Optional.empty(),
                text(job.path("JobId")),
                text(job.path("Container").path("LogStreamName")));
    }

    private static Optional<String> text(JsonNode value) {
        return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
    }

    private static AutoDumpException wrong(String what) {
        return new AutoDumpException(
                ErrorCode.INVALID_DOCUMENT,
                "the event of a run can't be used: " + what + "; nothing was done",
                "docs/lambda.md describes what the function accepts");
    }
}
