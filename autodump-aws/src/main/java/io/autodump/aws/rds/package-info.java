/** Tokens for RDS IAM authentication. */
@NullMarked
package io.autodump.aws.rds;

import org.jspecify.annotations.NullMarked;
