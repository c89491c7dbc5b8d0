package io.autodump.aws.s3;

import io.autodump.core.dump.DumpKey;

/**
 * Where the two objects of a dump lie in the bucket.
 *
 * @param key the dump's
 * @param file the full key of the file
 * @param manifest the full key of the manifest
 */
record StoredNames(DumpKey key, String file, String manifest) {
    /**
     * The names under a prefix.
     *
     * @param prefix empty, or ending with a slash
     */
    static StoredNames of(String prefix, DumpKey key) {
        return new StoredNames(key, prefix + key.value(), prefix + key.manifestKey());
    }
}
