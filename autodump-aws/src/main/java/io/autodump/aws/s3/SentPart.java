package io.autodump.aws.s3;

import software.amazon.awssdk.services.s3.model.CompletedPart;

/** A part that S3 has received and compared with its checksum. */
record SentPart(int number, long length, String eTag, Crc32c checksum) {
    CompletedPart toCompletedPart() {
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(eTag)
                .checksumCRC32C(checksum.base64())
                .build();
    }
}
