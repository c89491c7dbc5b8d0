package io.autodump.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.InvalidInputException;
import io.autodump.core.error.Problem;
import io.autodump.core.secret.SecretId;
import java.util.List;
import java.util.Optional;

/** The message to reschedule: the input of an execution ({@code resourceId}) or of a hash check ({@code SecretArn}). */
final class RescheduleJson {
    private static final String SUBJECT = "the reschedule's event";
    private static final String HINT = "docs/lambda.md describes what the function accepts";

    private RescheduleJson() {}

    static SecretId secretId(String text) {
        ObjectNode node = Message.parse(SUBJECT, text, HINT);
        return Message.text(node, "resourceId")
                .or(() -> Message.text(node, "SecretArn"))
                .map(id -> Message.secretId(SUBJECT, id, HINT))
                .orElseThrow(() -> new InvalidInputException(
                        ErrorCode.INVALID_DOCUMENT,
                        SUBJECT,
                        List.of(new Problem("resourceId or SecretArn", "must be a JSON string")),
                        HINT));
    }

    static Optional<String> stateMachineArn(String text) {
        return Message.text(Message.parse(SUBJECT, text, HINT), "stateMachineArn");
    }
}
