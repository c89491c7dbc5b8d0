/**
 * Reads secrets from AWS Secrets Manager.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.aws.secretsmanager;

import org.jspecify.annotations.NullMarked;
