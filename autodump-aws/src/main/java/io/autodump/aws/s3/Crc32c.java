package io.autodump.aws.s3;

import com.google.common.io.BaseEncoding;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A CRC-32C as S3 writes it. The JDK computes it in hardware, and S3 keeps it for a whole object that is made of parts.
 *
 * @param value the 32 bits
 */
record Crc32c(int value) {
    /** The polynomial of degree 32 without its highest term; the lowest bit is the coefficient of x^31. */
    private static final int POLYNOMIAL = 0x82F63B78;

    /** The polynomials 1 and x^8. */
    private static final int ONE = 1 << 31;

    private static final int BYTE_SHIFT = ONE >>> Byte.SIZE;

    /** The checksum of no bytes. */
    static final Crc32c EMPTY = new Crc32c(0);

    /**
     * Returns the checksum of these bytes followed by others. Reads neither.
     *
     * @param next the checksum of the bytes that follow
     * @param length the number of bytes that follow; at least 0
     */
    Crc32c followedBy(Crc32c next, long length) {
        return new Crc32c(multiply(value, byteShifts(length)) ^ next.value);
    }

    /** Returns x^(8·count) modulo the polynomial, by squaring: each bit of the count takes one step. */
    private static int byteShifts(long count) {
        int result = ONE;
        int square = BYTE_SHIFT;
        for (long left = count; left > 0; left >>= 1) {
            if ((left & 1) != 0) {
                result = multiply(result, square);
            }
            square = multiply(square, square);
        }
        return result;
    }

    /** Returns the product of two polynomials over GF(2), modulo the polynomial. */
    private static int multiply(int left, int right) {
        int product = 0;
        int shifted = right;
        for (int bit = ONE; bit != 0; bit >>>= 1) {
            product ^= (left & bit) == 0 ? 0 : shifted;
            shifted = (shifted >>> 1) ^ ((shifted & 1) == 0 ? 0 : POLYNOMIAL);
        }
        return product;
    }

    /** Returns the Base64 form of the four bytes, highest first. */
    String base64() {
        return BaseEncoding.base64().encode(bytes());
    }

    /**
     * Returns what a store without checksums of whole objects reports: the checksum of the parts' checksums, and their
     * number.
     */
    static String composite(List<Crc32c> parts) {
        CRC32C crc = new CRC32C();
        parts.forEach(part -> crc.update(part.bytes()));
        return new Crc32c((int) crc.getValue()).base64() + "-" + parts.size();
    }

    @Override
    public String toString() {
        return base64();
    }

    private byte[] bytes() {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }
}
