/**
 * The entry points on AWS Lambda. Each parses its message, calls one use case, and renders the response. {@code
 * docs/lambda.md} describes the messages. No function reads the value of a secret.
 *
 * <p>Not API: only the names of the handlers and their messages are stable.
 */
@NullMarked
package io.autodump.lambda;

import org.jspecify.annotations.NullMarked;
