package io.autodump.testkit.aws;

/** An answer of {@link StrictS3} other than success. */
final class StrictS3Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;

    StrictS3Refusal(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    String xml() {
        return "<Error><Code>" + code + "</Code><Message>" + getMessage() + "</Message></Error>";
    }
}
