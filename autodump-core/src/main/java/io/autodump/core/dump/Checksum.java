package io.autodump.core.dump;

import com.google.common.io.BaseEncoding;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/**
 * The SHA-256 of a dump's stored bytes. Immutable.
 *
 * @param sha256 64 lower-case hexadecimal digits
 */
public record Checksum(String sha256) {
    private static final Pattern SYNTAX = Pattern.compile("[0-9a-f]{64}");

    public Checksum {
        if (!SYNTAX.matcher(sha256).matches()) {
            throw new IllegalArgumentException("not a SHA-256 in lower-case hexadecimal: \"" + sha256 + "\"");
        }
    }

    /** Converts the 32 bytes of a digest. */
    public static Checksum ofSha256(byte[] digest) {
        return new Checksum(BaseEncoding.base16().lowerCase().encode(digest));
    }

    /** Returns a new SHA-256 computation, whose digest goes to {@link #ofSha256}. */
    public static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-256 (MessageDigest's specification)", impossible);
        }
    }

    @Override
    public String toString() {
        return "sha256:" + sha256;
    }
}
