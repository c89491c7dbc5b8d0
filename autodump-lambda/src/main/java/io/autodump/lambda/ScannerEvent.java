package io.autodump.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.secret.SecretId;
import java.util.Optional;
import java.util.Set;

/**
 * The message to the scanner.
 *
 * @param stateMachineArn empty for the one in the environment
 * @param secretId the secret of a tag event; empty for all secrets
 * @param matters false for an event that can't have changed a schedule
 */
record ScannerEvent(Optional<String> stateMachineArn, Optional<SecretId> secretId, boolean matters) {
    private static final String SUBJECT = "the scanner's event";
    private static final String HINT = "docs/lambda.md describes what the scanner accepts";
    private static final String TRAIL = "AWS API Call via CloudTrail";
    private static final Set<String> CALLS =
            Set.of("CreateSecret", "UpdateSecret", "DeleteSecret", "RestoreSecret", "TagResource", "UntagResource");

    static ScannerEvent parse(String text) {
        ObjectNode node = Message.parse(SUBJECT, text, HINT);
        if (TRAIL.equals(node.path("detail-type").textValue())) {
            return ofCall(node.path("detail"));
        }
        Optional<String> wrapped = Message.text(node, "input");
        if (wrapped.isPresent()) {
            ObjectNode input = Message.parse("the scanner's input", wrapped.get(), HINT);
            return new ScannerEvent(Message.text(input, "stateMachineArn"), Optional.empty(), true);
        }
        return new ScannerEvent(
                Message.text(node, "stateMachineArn"),
                Message.text(node, "SecretArn").map(id -> Message.secretId(SUBJECT, id, HINT)),
                true);
    }

    /** The trail also records refused calls, which changed nothing. */
    private static ScannerEvent ofCall(JsonNode detail) {
        boolean matters = !detail.hasNonNull("errorCode")
                && CALLS.contains(detail.path("eventName").asText());
        if (!matters) {
            return new ScannerEvent(Optional.empty(), Optional.empty(), false);
        }
        Optional<String> secret = Message.text(detail.path("responseElements"), "arn")
                .or(() -> Message.text(detail.path("responseElements"), "aRN"))
                .or(() -> Message.text(detail.path("requestParameters"), "secretId"))
                .or(() -> Message.text(detail.path("requestParameters"), "name"));
        return new ScannerEvent(
                Optional.empty(),
                Optional.of(Message.secretId(
                        SUBJECT,
                        secret.orElseThrow(() -> new AutoDumpException(
                                ErrorCode.INVALID_DOCUMENT,
                                "the event " + detail.path("eventName").asText()
                                        + " names no secret; nothing was scheduled",
                                HINT)),
                        HINT)),
                true);
    }
}
