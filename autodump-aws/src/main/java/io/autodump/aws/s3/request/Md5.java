package io.autodump.aws.s3.request;

import com.google.common.hash.HashCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/** MD5 as every store with S3's protocol knows it: the header {@code Content-MD5}, and the ETag of parts. */
public final class Md5 {
    private static final int BUFFER = 1 << 16;

    private Md5() {}

    /** Hashes a stream in memory to its end. */
    public static HashCode of(InputStream bytes) {
        MessageDigest digest = digest();
        byte[] buffer = new byte[BUFFER];
        try {
            for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return HashCode.fromBytes(digest.digest());
    }

    public static HashCode of(byte[] bytes) {
        return HashCode.fromBytes(digest().digest(bytes));
    }

    /** Returns the value of the header {@code Content-MD5}. */
    public static String header(HashCode md5) {
        return Base64.getEncoder().encodeToString(md5.asBytes());
    }

    /** Returns the ETag, without quotes, that most stores give an object made of these parts. */
    public static String eTag(List<HashCode> parts) {
        MessageDigest digest = digest();
        parts.forEach(part -> digest.update(part.asBytes()));
        return HashCode.fromBytes(digest.digest()) + "-" + parts.size();
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has MD5", impossible);
        }
    }
}
