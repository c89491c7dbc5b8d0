package io.autodump.aws;

import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;

/** How often the SDK retries a call, and how long it waits. Decision 10 says why it doesn't use adaptive retries. */
final class Retries {
    /**
     * If every third call is throttled, the SDK's default of 3 attempts fails one call in 27. With 12 attempts it is
     * one in half a million. The timeout of the call limits all attempts together.
     */
    private static final int MAX_ATTEMPTS = 12;

    /** The upper limit of the first pause after a throttled call; the average is half of it. It doubles each time. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private Retries() {}

    static RetryStrategy strategy() {
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(MAX_ATTEMPTS)
                .throttlingBackoffStrategy(BackoffStrategy.exponentialDelay(FIRST_PAUSE, LONGEST_PAUSE))
                .build();
    }
}
