/** Runs that wait as executions of AWS Step Functions. */
@NullMarked
package io.autodump.aws.stepfunctions;

import org.jspecify.annotations.NullMarked;
