package io.autodump.core.usecase.dump;

import io.autodump.core.dump.DumpParts;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.usecase.Encryption;
import java.io.OutputStream;

/**
 * The files of one dump as they are stored: encrypted, if the settings name recipients. The source knows nothing of it:
 * it writes the same bytes, under the same names.
 */
record EncryptedFiles(Encryption encryption, DumpSettings settings) {
    /** Returns what the source of one file writes into. Closing it writes the end of the file. */
    OutputStream encrypting(OutputStream stored) {
        return encryption.encrypting(settings, stored);
    }

    /** Returns the name of the stored file for the name that the source gave a part. */
    String named(String part) {
        return part + settings.encryptedExtension();
    }

    /** Returns the parts under the names of the stored files. */
    DumpParts named(DumpParts parts) {
        return settings.isEncrypted() ? parts.encrypted() : parts;
    }
}
