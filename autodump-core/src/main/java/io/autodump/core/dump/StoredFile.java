package io.autodump.core.dump;

/**
 * What a store holds after a commit.
 *
 * @param bytes the size of the file
 * @param checksum of all its bytes
 */
public record StoredFile(long bytes, Checksum checksum) {
    public StoredFile {
        if (bytes < 0) {
            throw new IllegalArgumentException("a file has no " + bytes + " bytes");
        }
    }
}
