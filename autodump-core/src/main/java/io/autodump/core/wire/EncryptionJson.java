package io.autodump.core.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.core.encryption.Recipient;
import java.util.List;

/** Reads and writes the field {@code encryption} of a manifest. */
final class EncryptionJson {
    private static final String FIELD = "encryption";
    private static final String METHOD = "age";

    private EncryptionJson() {}

    /** Writes nothing for a dump that isn't encrypted. */
    static void write(List<Recipient> recipients, ObjectNode manifest) {
        if (recipients.isEmpty()) {
            return;
        }
        ObjectNode node = manifest.putObject(FIELD).put("method", METHOD);
        recipients.forEach(recipient -> node.withArray("/recipients").add(recipient.text()));
    }

    /**
     * Reads the field.
     *
     * @return no recipients if the field is absent
     * @throws IllegalArgumentException if the method isn't known, or there is no recipient
     */
    static List<Recipient> read(JsonFields manifest) {
        if (!manifest.has(FIELD)) {
            return List.of();
        }
        JsonFields fields = manifest.object(FIELD);
        if (!fields.text("method").equals(METHOD)) {
            throw new IllegalArgumentException(FIELD + ": only the method " + METHOD + " is known");
        }
        List<Recipient> recipients = Recipient.parseAll(fields.texts("recipients"));
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException(FIELD + ": has no recipients");
        }
        return recipients;
    }
}
