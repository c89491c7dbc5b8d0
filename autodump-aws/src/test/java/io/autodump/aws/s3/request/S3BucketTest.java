package io.autodump.aws.s3.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3BucketTest {
    private static final int MIB = 1024 * 1024;

    private final S3Bucket bucket = new S3Bucket(new UnusedClient(), "dumps", Optional.empty(), Duration.ofSeconds(30));

    @Test
    void givesACallWithoutABodyTimeForAnOutage() {
        assertThat(attempt(bucket.limits(0))).isEqualTo(Duration.ofSeconds(30));
        assertThat(call(bucket.limits(0))).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void givesALargeBodyTimeForASlowLineAndNotForHours() {
        assertThat(attempt(bucket.limits(64 * MIB))).isEqualTo(Duration.ofSeconds(30 + 256));
        assertThat(call(bucket.limits(64 * MIB))).isEqualTo(Duration.ofSeconds(3 * (30 + 256)));
    }

    @Test
    void doesNotWaitLongForAStoreThatCausedTheFailureToo() {
        assertThat(call(bucket.cleanupLimits())).isEqualTo(Duration.ofMinutes(1));
    }

    private static Duration attempt(Consumer<AwsRequestOverrideConfiguration.Builder> limits) {
        return configuration(limits).apiCallAttemptTimeout().orElseThrow();
    }

    private static Duration call(Consumer<AwsRequestOverrideConfiguration.Builder> limits) {
        return configuration(limits).apiCallTimeout().orElseThrow();
    }

    private static AwsRequestOverrideConfiguration configuration(
            Consumer<AwsRequestOverrideConfiguration.Builder> limits) {
        return AwsRequestOverrideConfiguration.builder().applyMutation(limits).build();
    }

    /** No test makes a call. */
    private static final class UnusedClient implements S3Client {
        @Override
        public String serviceName() {
            throw S3Exception.builder().message("no call is expected").build();
        }

        @Override
        public void close() {}
    }
}
