package io.autodump.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import io.autodump.core.encryption.Recipient;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The keys {@code encrypt-to} and {@code identity-file}.
 *
 * @param encryptTo the recipients of every dump whose tags name none; empty if such dumps aren't encrypted
 * @param identityFile the identities that decrypt
 */
public record EncryptionSection(List<Recipient> encryptTo, Optional<Path> identityFile) {
    static final String ENCRYPT_TO = "encrypt-to";
    static final String IDENTITY_FILE = "identity-file";

    /** Copies the list. */
    public EncryptionSection {
        encryptTo = List.copyOf(encryptTo);
    }

    EncryptionSection withIdentity(Path file) {
        return new EncryptionSection(encryptTo, Optional.of(file));
    }

    static EncryptionSection read(Entries entries, Function<String, Path> path) {
        return new EncryptionSection(
                entries.read(ENCRYPT_TO, EncryptionSection::recipients).orElse(List.of()),
                entries.read(IDENTITY_FILE, value -> path.apply(Values.text(value))));
    }

    /** One recipient, or a list. An empty list would look like encryption. */
    private static List<Recipient> recipients(JsonNode value) {
        ImmutableList.Builder<String> texts = ImmutableList.builder();
        if (value.isArray()) {
            value.forEach(element -> texts.add(Values.text(element)));
        } else {
            texts.add(Values.text(value));
        }
        List<Recipient> recipients = Recipient.parseAll(texts.build());
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("names no recipient; remove the line to encrypt nothing");
        }
        return recipients;
    }
}
