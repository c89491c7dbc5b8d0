package io.autodump.testkit.postgres;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import io.autodump.core.database.Password;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * A password as the server keeps it for SCRAM, hashed once. By default it is hashed 4,096 times, and so it is by each
 * client that connects: in a JVM without its second compiler that takes more time than everything else about a
 * connection. Many iterations protect weak passwords whose secret is stolen; the test's password is random.
 */
final class CheapSecret {
    private static final int ITERATIONS = 1;
    private static final int FIRST_BLOCK = 1;
    private static final int SALT_BYTES = 16;

    private CheapSecret() {}

    /** Returns what {@code ALTER ROLE … PASSWORD} takes in the place of the password, which must be of ASCII. */
    static String of(Password password) {
        UUID random = UUID.randomUUID();
        byte[] salt = ByteBuffer.allocate(SALT_BYTES)
                .putLong(random.getMostSignificantBits())
                .putLong(random.getLeastSignificantBits())
                .array();
        byte[] salted = hmac(
                password.reveal().getBytes(US_ASCII),
                ByteBuffer.allocate(SALT_BYTES + Integer.BYTES)
                        .put(salt)
                        .putInt(FIRST_BLOCK)
                        .array());
        byte[] storedKey =
                Hashing.sha256().hashBytes(hmac(salted, "Client Key")).asBytes();
        return "SCRAM-SHA-256$" + ITERATIONS + ":" + text(salt) + "$" + text(storedKey) + ":"
                + text(hmac(salted, "Server Key"));
    }

    private static byte[] hmac(byte[] key, String message) {
        return hmac(key, message.getBytes(US_ASCII));
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        return Hashing.hmacSha256(key).hashBytes(message).asBytes();
    }

    private static String text(byte[] bytes) {
        return BaseEncoding.base64().encode(bytes);
    }
}
