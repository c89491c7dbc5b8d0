package io.autodump.aws.s3;

import io.autodump.aws.s3.part.PartSizes;
import io.autodump.aws.s3.request.S3Limits;
import java.time.Duration;

/**
 * The settings of uploads.
 *
 * @param sizes the sizes of the parts
 * @param memory the memory limit of one upload, in bytes
 * @param parallelism the number of parts that are sent at a time
 * @param conditionalWrites whether the store supports {@code If-Match} and {@code If-None-Match}
 * @param completionTimeout the time limit for S3 to assemble the object
 */
record UploadSettings(
        PartSizes sizes, long memory, int parallelism, boolean conditionalWrites, Duration completionTimeout) {
    /** One part is filled while another one is sent, even at the largest size. */
    static final int PARTS_IN_MEMORY = 2;

    /**
     * Returns the settings of one of several uploads at a time that share this memory. Each needs at least two parts of
     * {@value S3Limits#MIN_PART} bytes, so very many uploads take more.
     *
     * @param uploads at least 1
     */
    UploadSettings shared(int uploads) {
        if (uploads == 1) {
            return this;
        }
        long share = Math.max(memory / uploads, PARTS_IN_MEMORY * S3Limits.MIN_PART);
        long half = share / PARTS_IN_MEMORY;
        return new UploadSettings(
                sizes.within(half - half % SegmentPool.SEGMENT),
                share,
                Math.max(1, Math.min(parallelism, PARTS_IN_MEMORY * parallelism / uploads)),
                conditionalWrites,
                completionTimeout);
    }

    UploadSettings {
        if (sizes.largest() * PARTS_IN_MEMORY > memory) {
            throw new IllegalArgumentException("two parts of " + sizes.largest() + " bytes don't fit into " + memory);
        }
    }
}
