package io.autodump.age;

import io.autodump.core.encryption.DumpEncryption;
import io.autodump.core.encryption.Recipient;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Encrypts for X25519 recipients ({@code age1…}) and decrypts with the identities of a file, in this process. Each
 * stream takes 128 KiB of memory. Thread-safe.
 */
public final class AgeEncryption implements DumpEncryption {
    private final Optional<IdentityFile> identities;

    private AgeEncryption(Optional<IdentityFile> identities) {
        this.identities = identities;
    }

    /** Creates an encryption without an identity: it encrypts, and can't decrypt. */
    public static AgeEncryption create() {
        return new AgeEncryption(Optional.empty());
    }

    /**
     * Creates an encryption that can also decrypt.
     *
     * @param file as {@code age-keygen} writes it: lines that begin with {@code AGE-SECRET-KEY-1}, and comments. It is
     *     read whenever a file is decrypted, not before
     */
    public static AgeEncryption withIdentities(Path file) {
        return new AgeEncryption(Optional.of(new IdentityFile(file)));
    }

    @Override
    public OutputStream encrypt(List<Recipient> recipients, OutputStream sink) {
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("nobody could decrypt a file without recipients");
        }
        return new EncryptingStream(List.copyOf(recipients), sink);
    }

    @Override
    public boolean hasIdentity() {
        return identities.isPresent();
    }

    @Override
    public InputStream decrypt(InputStream stored) {
        return new DecryptingStream(stored, identities);
    }
}
