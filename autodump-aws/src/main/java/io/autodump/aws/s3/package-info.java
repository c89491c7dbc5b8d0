/**
 * Dumps in Amazon S3, and in stores that speak its protocol: {@link io.autodump.aws.s3.S3DumpStore} is the
 * {@link io.autodump.core.port.DumpStore}.
 */
@NullMarked
package io.autodump.aws.s3;

import org.jspecify.annotations.NullMarked;
