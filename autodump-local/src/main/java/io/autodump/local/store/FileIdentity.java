package io.autodump.local.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/** By what a file is known to be the same one, with the same bytes, as some moments ago. */
record FileIdentity(Optional<Object> inode, long bytes, FileTime modified) {
    static FileIdentity of(Path file) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return new FileIdentity(
                Optional.ofNullable(attributes.fileKey()), attributes.size(), attributes.lastModifiedTime());
    }
}
