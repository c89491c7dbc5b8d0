package io.autodump.core.encryption;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * Encrypts files for recipients, and decrypts them with the identities that it was given, in the format of age
 * (age-encryption.org/v1, without armor). Thread-safe; each stream is for one thread.
 */
public interface DumpEncryption {
    /** What the name of an encrypted file ends in. */
    String EXTENSION = ".age";

    /**
     * Encrypts one file on its way into a sink. Nothing is written before the first byte. Closing writes the rest and
     * the end of the file, also of an empty one; a file that wasn't closed is incomplete and can't be decrypted to its
     * end. Flushing has no effect. The sink is neither flushed nor closed. An exception of the sink is passed
     * on as it is.
     *
     * @param recipients at least one; each can decrypt the file alone
     */
    OutputStream encrypt(List<Recipient> recipients, OutputStream sink);

    /** Returns whether there is an identity to decrypt with. It may be unfit, or unreadable. */
    boolean hasIdentity();

    /**
     * Decrypts one file as it is read. Reads nothing before the first read. A byte is returned only if it is what was
     * encrypted, and the end only if the file is whole. Closing closes the given stream. Each read may throw
     *
     * <ul>
     *   <li>{@code IDENTITY_MISSING} if there is no identity, {@code INVALID_IDENTITY} if it can't be read, {@code
     *       IDENTITY_REFUSED} if the file isn't encrypted for any of the identities
     *   <li>{@code DUMP_CORRUPT} if the file isn't encrypted, is cut short or was changed
     *   <li>an exception of the given stream, unchanged
     * </ul>
     *
     * @param stored the encrypted file from its beginning
     */
    InputStream decrypt(InputStream stored);
}
