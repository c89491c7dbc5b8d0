package io.autodump.core.usecase.dump;

import io.autodump.core.dump.Checksum;
import io.autodump.core.port.DumpUpload;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Passes bytes on to an upload, and counts and hashes them on the way. Closing it does nothing: it never publishes. */
public final class DigestingSink extends OutputStream {
    private final DumpUpload upload;
    private final MessageDigest digest = newSha256();
    private long bytes;

    DigestingSink(DumpUpload upload) {
        this.upload = upload;
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) {
        upload.write(buffer, offset, length);
        digest.update(buffer, offset, length);
        bytes += length;
    }

    long bytes() {
        return bytes;
    }

    /** Of all bytes so far; called once, at the end. */
    Checksum checksum() {
        return Checksum.ofSha256(digest.digest());
    }

    public static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-256 (MessageDigest's specification)", impossible);
        }
    }
}
