package io.autodump.cli.config;

import java.nio.file.Path;

/** Where the dumps are. Its text form is for people. */
public sealed interface StoreLocation {
    /** A folder; an absolute path. */
    record Folder(Path path) implements StoreLocation {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /**
     * A bucket of S3, or of a store that speaks its protocol.
     *
     * @param prefix what every key begins with, without a slash at either end; may be empty
     */
    record Bucket(String name, String prefix) implements StoreLocation {
        @Override
        public String toString() {
            return "s3://" + name + (prefix.isEmpty() ? "" : "/" + prefix);
        }
    }
}
