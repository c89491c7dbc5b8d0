package io.autodump.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.core.contract.LambdaNames;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.secret.SecretId;
import java.util.Optional;

/** Parses the JSON of messages. */
final class Message {
    static final JsonMapper MAPPER = new JsonMapper();

    private Message() {}

    /** Parses an object. An empty text or {@code null} is an empty object, because a schedule may send nothing. */
    static ObjectNode parse(String subject, String text, String hint) {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node == null || node.isMissingNode() || node.isNull()) {
                return MAPPER.createObjectNode();
            }
            if (node instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException notJson) {
            // Reported below, because the parser's message would quote the text.
        }
        throw new AutoDumpException(
                ErrorCode.INVALID_DOCUMENT, subject + " isn't a JSON object; nothing was scheduled", hint);
    }

    /**
     * The id of a secret that a message names.
     *
     * @throws AutoDumpException {@code INVALID_DOCUMENT} if it is too long for one
     */
    static SecretId secretId(String subject, String text, String hint) {
        try {
            return SecretId.of(text);
        } catch (IllegalArgumentException wrong) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_DOCUMENT, subject + ": " + wrong.getMessage() + "; nothing was scheduled", hint);
        }
    }

    /** Returns whether a message asks for nothing: the freshness rule sends it so that the function stays warm. */
    static boolean keepsWarm(String text) {
        return isTrue(text, LambdaNames.KEEP_WARM);
    }

    /** Returns whether a message asks for the page about all databases. */
    static boolean asksForReport(String text) {
        return isTrue(text, LambdaNames.REPORT);
    }

    private static boolean isTrue(String text, String name) {
        try {
            return MAPPER.readTree(text).path(name).asBoolean();
        } catch (JsonProcessingException notJson) {
            return false;
        }
    }

    static Optional<String> text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isTextual() && !value.textValue().isBlank() ? Optional.of(value.textValue()) : Optional.empty();
    }
}
