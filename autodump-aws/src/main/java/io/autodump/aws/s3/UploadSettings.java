package io.autodump.aws.s3;

import java.time.Duration;

/**
 * The settings of uploads.
 *
 * @param plan the sizes of the parts
 * @param memory the memory limit of one upload, in bytes
 * @param parallelism the number of parts that are sent at a time
 * @param conditionalWrites whether the store supports {@code If-Match} and {@code If-None-Match}
 * @param completionTimeout the time limit for S3 to assemble the object
 */
record UploadSettings(
        PartPlan plan, long memory, int parallelism, boolean conditionalWrites, Duration completionTimeout) {
    /** One part is filled while another one is sent, even at the largest size. */
    static final int PARTS_IN_MEMORY = 2;

    UploadSettings {
        if (plan.largest() * PARTS_IN_MEMORY > memory) {
            throw new IllegalArgumentException("two parts of " + plan.largest() + " bytes don't fit into " + memory);
        }
    }
}
