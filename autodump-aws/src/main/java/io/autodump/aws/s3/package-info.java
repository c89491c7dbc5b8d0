/**
 * Stores dumps in Amazon S3, or in another store that speaks S3's protocol. {@link io.autodump.aws.s3.S3DumpStore}
 * implements the port {@link io.autodump.core.port.DumpStore}.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.aws.s3;

import org.jspecify.annotations.NullMarked;
