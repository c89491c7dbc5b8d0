package io.autodump.core.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;

/** Reads and writes JSON. */
final class Json {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /**
     * Parses an object. The message says where the mistake is and quotes nothing: the text may contain a password, and
     * the parser's own messages quote it. For the same reason they aren't attached as causes.
     */
    static ObjectNode parse(ErrorCode code, String subject, String text, String hint) {
        if (text.startsWith(BYTE_ORDER_MARK)) {
            throw new AutoDumpException(
                    code,
                    subject + " begins with a byte-order mark (U+FEFF), which JSON doesn't allow; nothing was written",
                    "save it as UTF-8 without a byte-order mark (BOM). " + hint);
        }
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node instanceof ObjectNode object) {
                return object;
            }
            throw new AutoDumpException(code, subject + " isn't a JSON object; nothing was written", hint);
        } catch (JsonProcessingException wrong) {
            String place = wrong.getLocation() == null
                    ? ""
                    : " at line " + wrong.getLocation().getLineNr() + ", column "
                            + wrong.getLocation().getColumnNr();
            throw new AutoDumpException(
                    code, subject + " isn't valid JSON" + reason(wrong) + place + "; nothing was written", hint);
        }
    }

    /** The kinds of mistake that the parser's message begins with; what follows is text of the document. */
    private static String reason(JsonProcessingException wrong) {
        String said = String.valueOf(wrong.getOriginalMessage());
        if (said.startsWith("Duplicate field")) {
            return ": it has a key twice,";
        }
        return said.startsWith("Illegal unquoted character")
                ? ": it has a tab, a line break or another control character between quotes,"
                : "";
    }

    static String pretty(ObjectNode node) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new AssertionError("a tree of plain nodes can always be written", impossible);
        }
    }
}
