/** Single requests to S3: calls, failures and their hints, limits, and reading. Not API. */
@NullMarked
package io.autodump.aws.s3.request;

import org.jspecify.annotations.NullMarked;
