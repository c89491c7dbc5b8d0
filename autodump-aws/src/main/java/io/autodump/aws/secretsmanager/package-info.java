/** Reads secrets from AWS Secrets Manager. */
@NullMarked
package io.autodump.aws.secretsmanager;

import org.jspecify.annotations.NullMarked;
