package io.autodump.core.usecase;

import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.encryption.DumpEncryption;
import io.autodump.core.encryption.Recipient;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.plan.SecretTags;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * Encrypts the files of dumps that have recipients, and decrypts them. Files of other dumps pass unchanged. Not API.
 * Thread-safe.
 *
 * @param port empty where nothing can be encrypted or decrypted; then a dump with recipients fails
 * @param recipients of every dump whose own settings name none
 */
public record Encryption(Optional<DumpEncryption> port, List<Recipient> recipients) {
    /** Neither encrypts nor decrypts. */
    public static final Encryption NONE = new Encryption(Optional.empty(), List.of());

    /** Copies the list. */
    public Encryption {
        recipients = List.copyOf(recipients);
    }

    /** Returns the tags with the recipients of every dump, unless they name their own. */
    public SecretTags of(SecretTags tags) {
        return SecretTags.builder().from(tags).settings(of(tags.settings())).build();
    }

    /** Returns the settings with the recipients of every dump, unless they name their own. */
    public DumpSettings of(DumpSettings settings) {
        return settings.encryptedFor(recipients);
    }

    /**
     * Refuses, before anything is dumped, a dump that should be encrypted and can't be.
     *
     * @throws AutoDumpException {@code ENCRYPTION_MISSING}
     */
    public void requireAble(String name, DumpSettings settings) {
        if (settings.isEncrypted() && port.isEmpty()) {
            throw unable(
                    "the dumps of " + name + " must be encrypted, and this process can't encrypt; nothing was dumped");
        }
    }

    /** Returns a stream that encrypts what a source writes; the sink itself for a dump without recipients. */
    public OutputStream encrypting(DumpSettings settings, OutputStream sink) {
        return settings.isEncrypted() ? required().encrypt(settings.encryptTo(), sink) : sink;
    }

    /** Returns whether this process can read the contents of a dump. Its identity may turn out to be unfit. */
    public boolean canRead(DumpManifest manifest) {
        return !manifest.settings().isEncrypted() || canDecrypt();
    }

    /** Returns whether there is an identity. */
    public boolean canDecrypt() {
        return port.filter(DumpEncryption::hasIdentity).isPresent();
    }

    /**
     * Refuses, before anything is read or changed, what needs the contents of a dump that can't be decrypted.
     *
     * @param consequence the end of the message, such as "nothing was restored"
     * @throws AutoDumpException {@code IDENTITY_MISSING}
     */
    public void requireReadable(DumpManifest manifest, String consequence) {
        if (!canRead(manifest)) {
            throw new AutoDumpException(
                    ErrorCode.IDENTITY_MISSING,
                    "dump " + manifest.key() + " is encrypted, and no identity was given; " + consequence,
                    Hints.IDENTITY);
        }
    }

    /**
     * Returns the file as the source wrote it.
     *
     * @param stored the stored file from its beginning
     */
    public InputStream decrypting(DumpManifest manifest, InputStream stored) {
        return manifest.settings().isEncrypted() ? required().decrypt(stored) : stored;
    }

    private DumpEncryption required() {
        return port.orElseThrow(() -> unable("this process can't encrypt or decrypt dumps"));
    }

    private static AutoDumpException unable(String what) {
        return new AutoDumpException(
                ErrorCode.ENCRYPTION_MISSING,
                what,
                "use a program that can; a program of your own calls AutoDump.builder().encryption");
    }
}
