/**
 * The entry points on AWS Lambda. Each parses its message, calls one use case, and renders the answer; {@code
 * docs/lambda.md} describes the messages. None of them reads what a secret holds.
 */
@NullMarked
package io.autodump.lambda;

import org.jspecify.annotations.NullMarked;
