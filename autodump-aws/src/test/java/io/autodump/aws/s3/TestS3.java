package io.autodump.aws.s3;

import io.autodump.aws.internal.PartAuthScheme;
import io.autodump.testkit.aws.S3Server;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;

/** Clients of the {@link S3Server} that hardly wait between their attempts. */
final class TestS3 {
    private TestS3() {}

    static S3Client client(URI endpoint, int attempts, Duration silence) {
        return client(
                endpoint,
                attempts,
                silence,
                StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(S3Server.ACCESS_KEY_ID, S3Server.SECRET_ACCESS_KEY)));
    }

    /** A client of the {@link S3Server} that is watched. */
    static S3Client recorded(ExecutionInterceptor recorder) {
        return S3Client.builder()
                .endpointOverride(S3Server.endpoint())
                .forcePathStyle(true)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(S3Server.ACCESS_KEY_ID, S3Server.SECRET_ACCESS_KEY)))
                .httpClientBuilder(Apache5HttpClient.builder())
                .overrideConfiguration(override -> override.addExecutionInterceptor(recorder))
                .build();
    }

    static S3Client client(URI endpoint, int attempts, Duration silence, AwsCredentialsProvider credentials) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(credentials)
                .putAuthScheme(new PartAuthScheme())
                .httpClientBuilder(
                        Apache5HttpClient.builder().socketTimeout(silence).expectContinueEnabled(false))
                // The proxy between doesn't play the game of 100-continue.
                .serviceConfiguration(service -> service.expectContinueEnabled(false))
                .overrideConfiguration(
                        override -> override.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(attempts)
                                .backoffStrategy(BackoffStrategy.fixedDelayWithoutJitter(Duration.ofMillis(1)))
                                .throttlingBackoffStrategy(
                                        BackoffStrategy.fixedDelayWithoutJitter(Duration.ofMillis(1)))
                                .circuitBreakerEnabled(false)
                                .build()))
                .build();
    }
}
