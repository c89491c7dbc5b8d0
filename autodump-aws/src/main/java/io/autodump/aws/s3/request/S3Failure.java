package io.autodump.aws.s3.request;

import io.autodump.aws.internal.CredentialsFailure;
import io.autodump.aws.internal.ForeignAnswer;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.IoReason;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.sts.model.StsException;

/**
 * A call to S3 that failed after all retries, and its remedy.
 *
 * @param call the call
 * @param bucket the name of the bucket
 * @param object the full key, or words for what the call asked for
 */
public record S3Failure(S3Call call, String bucket, String object) {
    private static final int MOVED_PERMANENTLY = 301;
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;
    private static final int SERVER_ERROR = 500;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int UNAVAILABLE = 503;

    /** What the SDK has in the place of an id that is missing. */
    private static final String UNKNOWN = "UNKNOWN";

    /**
     * Returns the exception to throw.
     *
     * @param consequence what was published or changed
     */
    public AutoDumpException because(SdkException cause, String consequence) {
        if (cause instanceof AbortedException) {
            return new AutoDumpException(
                    ErrorCode.INTERRUPTED, message("was interrupted", consequence), "run it again", cause);
        }
        return new AutoDumpException(ErrorCode.STORE_FAILED, message(reason(cause), consequence), hint(cause), cause);
    }

    private String message(String reason, String consequence) {
        return "S3 " + call.operation() + " of " + object + " in bucket " + bucket + " " + reason + "; " + consequence;
    }

    /** Returns whether the object is missing. A missing bucket is another failure. */
    public static boolean isNotFound(SdkException cause) {
        return status(cause) == NOT_FOUND && !errorCode(cause).equals("NoSuchBucket");
    }

    public static boolean isPreconditionFailed(SdkException cause) {
        return status(cause) == PRECONDITION_FAILED;
    }

    /** Returns whether a permission is missing. Unknown or expired credentials are another failure. */
    public static boolean isDenied(AutoDumpException failure) {
        return failure.getCause() instanceof SdkException cause
                && status(cause) == FORBIDDEN
                && Set.of("", "AccessDenied", "Forbidden").contains(errorCode(cause));
    }

    /**
     * Returns whether the store understood the call and may lack a feature that it uses. A missing permission, a
     * missing bucket and a lost answer are other failures.
     */
    public static boolean mayBeUnsupported(AutoDumpException failure) {
        return failure.getCause() instanceof SdkException cause
                && (isRefusal(cause) || status(cause) == NOT_IMPLEMENTED)
                && status(cause) != NOT_FOUND
                && !isDenied(failure);
    }

    public static boolean isConflict(SdkException cause) {
        return status(cause) == CONFLICT;
    }

    /** Returns whether S3 responded to the last attempt and refused it. */
    public static boolean isRefusal(SdkException cause) {
        int status = status(cause);
        return status >= BAD_REQUEST
                && status < SERVER_ERROR
                && !errorCode(cause).equals("RequestTimeout");
    }

    /** Returns whether there was no response. S3 may have performed the call. */
    public static boolean isLost(SdkException cause) {
        return status(cause) == 0;
    }

    /**
     * Returns whether something else answered. S3 and the stores with its protocol name the ETag of what they send, and
     * a page that they hold comes with the id of the request.
     */
    static boolean isForeign(GetObjectResponse answer) {
        boolean page =
                String.valueOf(answer.contentType()).toLowerCase(Locale.ROOT).startsWith("text/html");
        return answer.eTag() == null
                || (page && answer.responseMetadata().requestId().equals(UNKNOWN));
    }

    private static int status(SdkException cause) {
        return cause instanceof AwsServiceException answered ? answered.statusCode() : 0;
    }

    private static String errorCode(SdkException cause) {
        return details(cause).map(AwsErrorDetails::errorCode).orElse("");
    }

    private static Optional<AwsErrorDetails> details(SdkException cause) {
        return cause instanceof AwsServiceException answered
                ? Optional.ofNullable(answered.awsErrorDetails())
                : Optional.empty();
    }

    private static String reason(SdkException cause) {
        String attempts = Optional.ofNullable(cause.numAttempts())
                .filter(number -> number > 1)
                .map(number -> " after " + number + " attempts")
                .orElse("");
        if (status(cause) != 0 && !ForeignAnswer.is(cause)) {
            String text = details(cause).map(AwsErrorDetails::errorMessage).orElse("");
            return ("failed with " + status(cause) + " " + errorCode(cause) + (text.isEmpty() ? "" : ": " + text))
                            .strip()
                    + attempts;
        }
        if (ForeignAnswer.is(cause)) {
            return "got " + ForeignAnswer.WORDS + attempts;
        }
        Optional<CredentialsFailure> credentials = CredentialsFailure.in(cause);
        if (credentials.isPresent()) {
            return "failed: " + credentials.get().getMessage();
        }
        if (cause instanceof ApiCallTimeoutException || cause instanceof ApiCallAttemptTimeoutException) {
            return "got no response in time" + attempts;
        }
        return "failed: " + innermost(cause) + attempts;
    }

    private static String innermost(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return IoReason.of(deepest).lines().findFirst().orElse("").replaceFirst(" in the chain .*", "");
    }

    private String hint(SdkException cause) {
        if (cause instanceof StsException) {
            return "allow sts:AssumeRole on the target's role to this process, and name it in that role's trust policy";
        }
        if (ForeignAnswer.is(cause)) {
            return ForeignAnswer.HINT;
        }
        return S3Hints.forCode(this, errorCode(cause), region(cause)).orElseGet(() -> hintForStatus(cause));
    }

    private String hintForStatus(SdkException cause) {
        return switch (status(cause)) {
            case 0 -> hintWithoutAnswer(cause);
            case FORBIDDEN -> S3Hints.denied(this, errorCode(cause));
            case NOT_FOUND -> "check the bucket's name and the key";
            case MOVED_PERMANENTLY -> S3Hints.region(region(cause));
            case NOT_IMPLEMENTED ->
                "this store lacks a feature of S3: set its kind (store-kind), and no tags, storage class or Object Lock"
                        + " if it doesn't support them";
            case UNAVAILABLE, SERVER_ERROR ->
                "S3 is overloaded or disturbed: run it again later; fewer parts at a time"
                        + " (partParallelism) reduce the load";
            default ->
                "fix the cause that the response names, then run it again; a store that isn't Amazon S3 may need its"
                        + " own kind (store-kind)";
        };
    }

    private static String hintWithoutAnswer(SdkException cause) {
        Optional<CredentialsFailure> credentials = CredentialsFailure.in(cause);
        if (credentials.isPresent()) {
            return credentials.get().remedy();
        }
        String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (text.contains("credentials")) {
            return "no credentials were found: run the process under a role, or set AWS_PROFILE"
                    + " (check with: aws sts get-caller-identity)";
        }
        return "check the network between here and S3: the endpoint, a proxy, security groups, the VPC endpoint for S3";
    }

    private static Optional<String> region(SdkException cause) {
        return details(cause)
                .flatMap(details -> Optional.ofNullable(details.sdkHttpResponse()))
                .flatMap(response -> response.firstMatchingHeader("x-amz-bucket-region"));
    }
}
