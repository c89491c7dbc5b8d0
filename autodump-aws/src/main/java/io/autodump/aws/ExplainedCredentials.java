package io.autodump.aws;

import io.autodump.aws.internal.CredentialsFailure;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Credentials whose failure says its cause and its remedy. The SDK throws exceptions of several libraries here, some of
 * which aren't its own. Thread-safe if the provider is.
 */
final class ExplainedCredentials implements AwsCredentialsProvider {
    private final AwsCredentialsProvider provider;
    private final Optional<String> profile;

    ExplainedCredentials(AwsCredentialsProvider provider, Optional<String> profile) {
        this.provider = provider;
        this.profile = profile;
    }

    @Override
    public AwsCredentials resolveCredentials() {
        try {
            return provider.resolveCredentials();
        } catch (AwsServiceException | CredentialsFailure telling) {
            // STS has refused to assume a role: the failure names the call.
            throw telling;
        } catch (RuntimeException failed) {
            throw CredentialsFailure.of(failed, profile);
        }
    }
}
