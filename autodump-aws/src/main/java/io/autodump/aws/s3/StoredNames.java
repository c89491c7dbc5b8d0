package io.autodump.aws.s3;

import io.autodump.aws.s3.request.S3Limits;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.nio.charset.StandardCharsets;

/**
 * The full keys of the two objects of a dump.
 *
 * @param key the key of the dump, without the store's prefix
 * @param file the full key of the file
 * @param manifest the full key of the manifest
 */
record StoredNames(DumpKey key, String file, String manifest) {
    /**
     * Returns the names under a prefix.
     *
     * @param prefix empty, or ends with a slash
     */
    static StoredNames of(String prefix, DumpKey key) {
        return new StoredNames(key, prefix + key.value(), prefix + key.manifestKey());
    }

    /** Fails at the beginning of a dump instead of at its end, when the manifest is written. */
    void requireFit() {
        int length = manifest.getBytes(StandardCharsets.UTF_8).length;
        if (length > S3Limits.MAX_KEY_BYTES) {
            throw new AutoDumpException(
                    ErrorCode.STORE_FAILED,
                    "the key " + manifest + " has " + length + " bytes, and S3 accepts " + S3Limits.MAX_KEY_BYTES
                            + "; nothing was written",
                    "use a shorter prefix of the store, or a shorter prefix or name of the secret");
        }
    }
}
