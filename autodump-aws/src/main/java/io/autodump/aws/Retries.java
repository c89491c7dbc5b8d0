package io.autodump.aws;

import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;

/** How often, and how patiently, the SDK repeats a call; {@code docs/decisions} says why it isn't the adaptive way. */
final class Retries {
    /**
     * The SDK's own 3 attempts give up on one call in 27 where every third is throttled. With 12 it is one in half a
     * million, and the timeout of the call bounds them all.
     */
    private static final int MAX_ATTEMPTS = 12;

    /** The first pause after a throttled call, on average half of it; doubled each time. */
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
