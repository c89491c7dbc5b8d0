package io.autodump.cli.config;

import java.nio.file.Path;

/** The place of the dumps. Its text form is for people. */
public sealed interface StoreLocation {
    /** A folder; an absolute path. */
    record Folder(Path path) implements StoreLocation {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /**
     * A bucket of S3, or of a store with the same protocol.
     *
     * @param name the name of the bucket
     * @param prefix the start of every key, without a slash at either end; may be empty
     */
    record Bucket(String name, String prefix) implements StoreLocation {
        @Override
        public String toString() {
            return "s3://" + name + (prefix.isEmpty() ? "" : "/" + prefix);
        }
    }
}
