package io.autodump.aws.s3;

import java.time.Duration;

/**
 * How files are uploaded.
 *
 * @param plan the sizes of the parts
 * @param memory that one upload may have, in bytes
 * @param parallelism how many parts are sent at a time
 * @param conditionalWrites whether the store knows {@code If-Match} and {@code If-None-Match}
 * @param completionTimeout how long S3 may take to make an object of the parts
 */
record UploadSettings(
        PartPlan plan, long memory, int parallelism, boolean conditionalWrites, Duration completionTimeout) {
    /** One part is filled while another is sent, also when they are as large as they get. */
    static final int PARTS_IN_MEMORY = 2;

    UploadSettings {
        if (plan.largest() * PARTS_IN_MEMORY > memory) {
            throw new IllegalArgumentException("two parts of " + plan.largest() + " bytes don't fit into " + memory);
        }
    }
}
