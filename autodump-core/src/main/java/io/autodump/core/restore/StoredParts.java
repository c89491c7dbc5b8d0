package io.autodump.core.restore;

import java.io.InputStream;

/** The stored files of one dump that has several. Thread-safe; each stream is for one thread at a time. */
public interface StoredParts {
    /**
     * Opens a part of the dump, from its beginning. A part may be opened more than once. Close the stream after use.
     *
     * <p>The stream hashes what is read. The read that would return the end of the file compares size and SHA-256 with
     * the manifest, and throws {@code DUMP_CORRUPT} instead if they differ. So read to the end before you commit what
     * you made of it. A stream that is closed earlier compares nothing.
     *
     * @param name the name of the part in the manifest
     * @throws io.autodump.core.error.AutoDumpException {@code DUMP_NOT_FOUND}, {@code STORE_FAILED}; reading throws
     *     {@link java.io.IOException}, and {@code DUMP_CORRUPT}
     * @throws IllegalArgumentException if the manifest has no part of this name
     */
    InputStream open(String name);
}
