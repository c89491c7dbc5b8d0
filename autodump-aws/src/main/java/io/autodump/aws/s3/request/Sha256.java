package io.autodump.aws.s3.request;

import io.autodump.core.dump.Checksum;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** The SHA-256 of a stream. */
public final class Sha256 {
    private static final int BUFFER = 1 << 16;

    private Sha256() {}

    /** Reads the stream to its end. */
    public static Checksum of(InputStream stream) throws IOException {
        MessageDigest digest = Checksum.newSha256();
        byte[] buffer = new byte[BUFFER];
        for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
            digest.update(buffer, 0, count);
        }
        return Checksum.ofSha256(digest.digest());
    }
}
