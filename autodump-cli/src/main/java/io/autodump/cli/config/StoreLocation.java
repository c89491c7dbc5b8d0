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
     * A store behind a URI, {@code SCHEME://CONTAINER/PREFIX}.
     *
     * @param scheme the scheme of its kind, such as {@code s3}
     * @param container what the kind of store calls a bucket or a container
     * @param prefix the start of every key, without a slash at either end; may be empty
     */
    record Remote(String scheme, String container, String prefix) implements StoreLocation {
        /**
         * Reads a URI.
         *
         * @throws IllegalArgumentException if it isn't {@code SCHEME://CONTAINER} or {@code SCHEME://CONTAINER/PREFIX}
         */
        public static Remote parse(String uri) {
            String[] parts = uri.split("://", 2);
            if (parts.length < 2 || parts[1].isEmpty() || parts[1].startsWith("/")) {
                throw new IllegalArgumentException("not SCHEME://CONTAINER/PREFIX: \"" + uri + "\"");
            }
            String container = parts[1].split("/", 2)[0];
            return new Remote(
                    parts[0], container, parts[1].substring(container.length()).replaceAll("^/+|/+$", ""));
        }

        @Override
        public String toString() {
            return scheme + "://" + container + (prefix.isEmpty() ? "" : "/" + prefix);
        }
    }
}
