package io.autodump.core.dump;

/**
 * A file in a store after its commit. Immutable.
 *
 * @param bytes the size of the file
 * @param checksum the SHA-256 of all its bytes
 */
public record StoredFile(long bytes, Checksum checksum) {
    public StoredFile {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes must not be negative: " + bytes);
        }
    }
}
