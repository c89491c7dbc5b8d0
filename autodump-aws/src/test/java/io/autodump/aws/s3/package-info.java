/** Tests of the S3 store against a real S3 server in this process, and against one that fails on purpose. */
@NullMarked
package io.autodump.aws.s3;

import org.jspecify.annotations.NullMarked;
