/**
 * The job on AWS Batch: reads its settings from the environment, makes one dump into S3, and reports how it ended. Not
 * API: it is deployed as a container image.
 */
@NullMarked
package io.autodump.dumper;

import org.jspecify.annotations.NullMarked;
