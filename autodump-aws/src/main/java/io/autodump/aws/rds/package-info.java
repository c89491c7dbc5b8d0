/**
 * Tokens for RDS IAM authentication.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.aws.rds;

import org.jspecify.annotations.NullMarked;
