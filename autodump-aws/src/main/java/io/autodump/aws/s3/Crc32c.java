package io.autodump.aws.s3;

import com.google.common.io.BaseEncoding;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A CRC-32C as S3 writes it. It is the one of S3's checksums that the JDK computes in hardware and that S3 also keeps for
 * the whole of an object made of parts.
 *
 * @param value the 32 bits
 */
record Crc32c(int value) {
    /** The polynomial of degree 32 without its highest term; the lowest bit is the coefficient of x^31. */
    private static final int POLYNOMIAL = 0x82F63B78;

    /** The polynomials 1 and x^8. */
    private static final int ONE = 1 << 31;

    private static final int BYTE_SHIFT = ONE >>> Byte.SIZE;

    /** Of no bytes. */
    static final Crc32c EMPTY = new Crc32c(0);

    /**
     * The checksum of these bytes with others behind them, without reading either.
     *
     * @param next the checksum of the bytes that follow
     * @param length how many follow; at least 0
     */
    Crc32c followedBy(Crc32c next, long length) {
        return new Crc32c(multiply(value, byteShifts(length)) ^ next.value);
    }

    /** x^(8·count) modulo the polynomial, by squaring: each bit of the count takes one step. */
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

    /** The product of two polynomials over GF(2), modulo the polynomial. */
    private static int multiply(int left, int right) {
        int product = 0;
        int shifted = right;
        for (int bit = ONE; bit != 0; bit >>>= 1) {
            product ^= (left & bit) == 0 ? 0 : shifted;
            shifted = (shifted >>> 1) ^ ((shifted & 1) == 0 ? 0 : POLYNOMIAL);
        }
        return product;
    }

    /** Base64 of the four bytes, highest first. */
    String base64() {
        return BaseEncoding.base64().encode(bytes());
    }

    /** What a store without checksums of whole objects shows: that of the parts' checksums, and their number. */
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
