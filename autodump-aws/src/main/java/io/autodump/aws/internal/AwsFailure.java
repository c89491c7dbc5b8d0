package io.autodump.aws.internal;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.IoReason;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Describes a failed call to AWS and its remedy.
 *
 * @param code the code of the failure
 * @param action the IAM action that was called, such as {@code secretsmanager:ListSecrets}
 * @param resource the resource of the call: an ARN, a name, or words
 * @param consequence what the failure led to, such as {@code nothing was scheduled}
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
            "run the process under a role, or name a profile, for example in AWS_PROFILE"
                    + " (check with: aws sts get-caller-identity)";
    private static final Pattern ROLE = Pattern.compile("sts:AssumeRole on resource: (\\S+)");

    /** Returns the exception for a failed call. */
    public AutoDumpException of(SdkException failed) {
        Optional<CredentialsFailure> credentials = CredentialsFailure.in(failed);
        if (credentials.isPresent()) {
            return exception(
                    "found no credentials: " + firstLine(credentials.get()),
                    credentials.get().remedy(),
                    failed);
        }
        if (ForeignAnswer.is(failed)) {
            return exception("got " + ForeignAnswer.WORDS, ForeignAnswer.HINT, failed);
        }
        if (failed instanceof AwsServiceException refused && refused.awsErrorDetails() != null) {
            return refused(refused);
        }
        if (failed instanceof ApiCallTimeoutException || failed instanceof ApiCallAttemptTimeoutException) {
            return exception(
                    "got no response in time",
                    "check the network and the status of the service, then try again",
                    failed);
        }
        if (firstLine(failed).contains("load credentials")) {
            return exception("found no credentials: " + firstLine(failed), NO_CREDENTIALS, failed);
        }
        return exception(
                "failed: " + firstLine(failed),
                "check region, credentials (aws sts get-caller-identity) and network of this process",
                failed);
    }

    /** Returns the exception for a failed call with a specific hint. */
    public AutoDumpException of(SdkException failed, String hint) {
        return exception("failed: " + text(failed), hint, failed);
    }

    /** Returns whether the service refused the call because a permission is missing. */
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
                            ? "the credentials have expired: renew them (aws sso login), or use a role"
                            : "this process has no valid credentials (check with: aws sts get-caller-identity)",
                    refused);
        }
        if (refused.isThrottlingException()) {
            return exception(
                    "was throttled until no retries were left: " + text(refused),
                    "lower the rate or the concurrency, or ask AWS for a higher quota; a retry is harmless",
                    refused);
        }
        return exception(
                "failed: " + text(refused), "fix the cause that the message names; a retry is harmless", refused);
    }

    /**
     * A secret that a customer's key encrypts needs a second permission. The service mentions it only in the message.
     */
    private String permission(AwsServiceException refused) {
        String message = String.valueOf(refused.awsErrorDetails().errorMessage());
        Matcher role = ROLE.matcher(message);
        if (role.find()) {
            return "allow sts:AssumeRole on " + role.group(1)
                    + " to this process, and name it in that role's trust policy";
        }
        if (message.contains("KMS") || message.contains("kms:")) {
            return "allow kms:Decrypt on the key of " + resource + ", also in the key's policy";
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
        String line = IoReason.of(failed).lines().findFirst().orElse("");
        // The rest lists every place that the SDK searched, with the reason why it has no credentials.
        int chain = line.indexOf(" in the chain ");
        return chain < 0 ? line : line.substring(0, chain);
    }
}
