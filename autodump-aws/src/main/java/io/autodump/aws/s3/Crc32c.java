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
