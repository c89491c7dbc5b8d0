package io.autodump.aws.s3;

import com.google.common.hash.HashCode;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * A part that S3 has received and compared with its checksum.
 *
 * @param md5 the MD5 that the store compared it with; empty if that was the CRC-32C
 */
record SentPart(int number, long length, String eTag, Crc32c checksum, Optional<HashCode> md5) {
    CompletedPart toCompletedPart() {
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(eTag)
                .checksumCRC32C(md5.isPresent() ? null : checksum.base64())
                .build();
    }
}
