package io.autodump.aws.internal;

import io.autodump.core.internal.IoReason;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Thrown when the process has no usable credentials: an expired login, a program that failed, a profile that is
 * incomplete. Says the last cause, and its remedy.
 */
public final class CredentialsFailure extends SdkClientException {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    private CredentialsFailure(Builder builder, String remedy) {
        super(builder);
        this.remedy = remedy;
    }

    /**
     * Describes why a provider gave no credentials.
     *
     * @param failed what the provider threw
     * @param profile the profile that was asked; empty if it isn't known
     */
    public static CredentialsFailure of(RuntimeException failed, Optional<String> profile) {
        String cause = lastCause(failed);
        return new CredentialsFailure(
                SdkClientException.builder()
                        .message("Unable to load credentials"
                                + profile.map(name -> " of profile " + name).orElse("") + ": " + cause)
                        .cause(failed),
                remedy(cause, profile));
    }

    /** Returns the failure of the credentials behind the failure of a call; empty if the call failed otherwise. */
    public static Optional<CredentialsFailure> in(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof CredentialsFailure found) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /** Returns what to do. */
    public String remedy() {
        return remedy;
    }

    private static String lastCause(Throwable failed) {
        Throwable last = failed;
        while (last.getCause() != null && last.getCause().getMessage() != null) {
            last = last.getCause();
        }
        String line = IoReason.of(last).lines().findFirst().orElse("");
        return ofChain(line).orElse(line);
    }

    /**
     * The SDK's chain lists each place that it searched, with what it found there. Most have nothing; the interesting
     * one is a profile that has something which doesn't work.
     */
    private static Optional<String> ofChain(String line) {
        int list = line.indexOf(" in the chain ");
        if (list < 0) {
            return Optional.empty();
        }
        for (String part : line.substring(list).split("CredentialsProvider\\(", -1)) {
            String reason = part.substring(Math.max(0, part.indexOf("): ") + 3));
            if (isTelling(reason)) {
                return Optional.of(reason.replaceFirst(",? ?[A-Za-z]*$", ""));
            }
        }
        return Optional.of(line.substring(0, list));
    }

    private static boolean isTelling(String reason) {
        String lower = reason.toLowerCase(Locale.ROOT);
        return isLogin(lower) || isProcess(lower) || lower.contains("source_profile") || lower.contains("role_arn");
    }

    private static String remedy(String cause, Optional<String> profile) {
        String lower = cause.toLowerCase(Locale.ROOT);
        String option = profile.map(name -> " --profile " + name).orElse("");
        if (isLogin(lower)) {
            return "log in again: aws sso login" + option;
        }
        if (isProcess(lower)) {
            return "run the credential_process of the profile by hand: it must exit with 0 and print JSON";
        }
        if (lower.contains("source_profile") || lower.contains("credential_source")) {
            return "give the profile a source_profile or a credential_source, from which its role is assumed";
        }
        return "run the process under a role, or name a profile, for example in AWS_PROFILE"
                + " (check with: aws sts get-caller-identity" + option + ")";
    }

    private static boolean isLogin(String lower) {
        return lower.contains("sso") || lower.contains("token is expired") || lower.contains("login");
    }

    private static boolean isProcess(String lower) {
        return lower.contains("process-based")
                || lower.contains("credential_process")
                || lower.contains("command returned");
    }
}
