package io.autodump.aws.internal;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Says what a failed call to AWS was, and what fixes it.
 *
 * @param code what the failure means to AutoDump
 * @param action the IAM action that was called, such as {@code secretsmanager:ListSecrets}
 * @param resource what it was called on; an ARN, a name, or words
 * @param consequence what came of it, such as {@code nothing was scheduled}
 */
public record AwsFailure(ErrorCode code, String action, String resource, String consequence) {
    private static final Set<String> DENIED =
            Set.of("AccessDenied", "AccessDeniedException", "AuthorizationError", "UnauthorizedOperation", "Forbidden");
    private static final Set<String> BAD_CREDENTIALS = Set.of(
            "ExpiredToken",
            "ExpiredTokenException",
            "UnrecognizedClientException",
            "InvalidClientTokenId",
            "InvalidSignatureException",
            "SignatureDoesNotMatch",
            "MissingAuthenticationTokenException");

    private static final String NO_CREDENTIALS =
            "run it under a role, or name a profile: AWS_PROFILE, or aws.profile in"
                    + " autodump.yaml (try: aws sts get-caller-identity)";
    private static final Pattern ROLE = Pattern.compile("sts:AssumeRole on resource: (\\S+)");

    /** The exception for a call that failed. */
    public AutoDumpException of(SdkException failed) {
        if (failed instanceof AwsServiceException refused && refused.awsErrorDetails() != null) {
            return refused(refused);
        }
        if (failed instanceof ApiCallTimeoutException || failed instanceof ApiCallAttemptTimeoutException) {
            return exception(
                    "had no answer in time", "check the network and the service's health, then try again", failed);
        }
        if (firstLine(failed).contains("load credentials")) {
            return exception("found no credentials: " + firstLine(failed), NO_CREDENTIALS, failed);
        }
        return exception(
                "failed: " + firstLine(failed),
                "check region, credentials (aws sts get-caller-identity) and network of this process",
                failed);
    }

    /** The exception for a call whose failure has a hint of its own. */
    public AutoDumpException of(SdkException failed, String hint) {
        return exception("failed: " + text(failed), hint, failed);
    }

    /** Whether a service refused for want of a permission. */
    public static boolean isDenied(AwsServiceException refused) {
        return refused.awsErrorDetails() != null
                && DENIED.contains(String.valueOf(refused.awsErrorDetails().errorCode()));
    }

    private AutoDumpException refused(AwsServiceException refused) {
        String errorCode = String.valueOf(refused.awsErrorDetails().errorCode());
        if (isDenied(refused)) {
            return exception("was denied: " + text(refused), permission(refused), refused);
        }
        if (BAD_CREDENTIALS.contains(errorCode)) {
            return exception(
                    "was refused: " + text(refused),
                    errorCode.startsWith("ExpiredToken")
                            ? "the credentials have expired: renew them (aws sso login), or let a role supply them"
                            : "this process has no valid credentials; look with: aws sts get-caller-identity",
                    refused);
        }
        if (refused.isThrottlingException()) {
            return exception(
                    "was throttled until its retries were used up: " + text(refused),
                    "lower the rate or the concurrency, or ask AWS for a higher quota; trying again does no harm",
                    refused);
        }
        return exception("failed: " + text(refused), "see the error's text; trying again does no harm", refused);
    }

    /** A secret under a customer's key needs a second permission, and the service says so only in its text. */
    private String permission(AwsServiceException refused) {
        String message = String.valueOf(refused.awsErrorDetails().errorMessage());
        Matcher role = ROLE.matcher(message);
        if (role.find()) {
            return "allow sts:AssumeRole on " + role.group(1)
                    + " to this process, and name it in that role's trust policy";
        }
        if (message.contains("KMS") || message.contains("kms:")) {
            return "allow kms:Decrypt on the key of " + resource + ", in the key's policy too";
        }
        return "allow " + action + " on " + resource + " to the role of this process";
    }

    private AutoDumpException exception(String what, String hint, SdkException cause) {
        return new AutoDumpException(code, action + " on " + resource + " " + what + "; " + consequence, hint, cause);
    }

    private static String text(SdkException failed) {
        if (failed instanceof AwsServiceException refused && refused.awsErrorDetails() != null) {
            return refused.awsErrorDetails().errorCode() + ": "
                    + refused.awsErrorDetails().errorMessage();
        }
        return firstLine(failed);
    }

    private static String firstLine(SdkException failed) {
        String line = String.valueOf(failed.getMessage()).lines().findFirst().orElse(failed.toString());
        // What follows lists every place that was looked at, with the reason why it has none.
        int chain = line.indexOf(" in the chain ");
        return chain < 0 ? line : line.substring(0, chain);
    }
}
