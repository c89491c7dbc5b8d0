package io.autodump.lambda;

/** An invocation that couldn't do all of its work. The message names the rest, for a person. */
final class InvocationFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvocationFailed(String message) {
        super(message);
    }

    InvocationFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
