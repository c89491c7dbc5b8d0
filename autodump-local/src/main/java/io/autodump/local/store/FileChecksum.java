package io.autodump.local.store;

import io.autodump.core.dump.Checksum;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/** The SHA-256 of a file that this process hasn't written. */
final class FileChecksum {
    private FileChecksum() {}

    static Checksum of(Path file) throws IOException {
        MessageDigest digest = Checksum.newSha256();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            FileBytes.forEach(channel, digest::update);
        }
        return Checksum.ofSha256(digest.digest());
    }
}
