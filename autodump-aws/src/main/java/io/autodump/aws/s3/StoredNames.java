package io.autodump.aws.s3;

import io.autodump.aws.s3.request.S3Limits;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.List;

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

    /** Returns the full key of a part of the dump. */
    String part(String name) {
        return file.substring(0, file.length() - key.value().length()) + key.partKey(name);
    }

    /** Returns what all full keys of parts of the dump begin with. */
    String parts() {
        return part("");
    }

    /** Returns the names for a part of the dump in the place of its file. */
    StoredNames ofPart(String name) {
        return new StoredNames(key, part(name), manifest);
    }

    /** Returns the full keys of the manifests that a dump of this run can have. */
    List<String> manifestsOfSameRun() {
        String prefix = file.substring(0, file.length() - key.value().length());
        return key.ofSameRun().stream()
                .map(other -> prefix + other.manifestKey())
                .toList();
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
