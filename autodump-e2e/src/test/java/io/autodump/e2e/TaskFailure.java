package io.autodump.e2e;

/** What a task's integration reports instead of a result. */
final class TaskFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final String error;

    TaskFailure(String error, String cause) {
        super(cause);
        this.error = error;
    }

    String error() {
        return error;
    }

    String causeText() {
        return String.valueOf(getMessage());
    }
}
