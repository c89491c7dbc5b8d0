package io.autodump.aws.s3;

import io.autodump.core.dump.DumpKey;

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
}
