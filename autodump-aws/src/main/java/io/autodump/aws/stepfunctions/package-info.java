/**
 * Runs as executions of AWS Step Functions. A program adds the SDK's client of the service itself.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.aws.stepfunctions;

import org.jspecify.annotations.NullMarked;
