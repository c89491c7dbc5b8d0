package io.autodump.lambda;

/** An invocation that couldn't do all of its work; the message is for a person and names what is left. */
final class InvocationFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvocationFailed(String message) {
        super(message);
    }

    InvocationFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
