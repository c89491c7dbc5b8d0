package io.autodump.aws.s3.request;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;

/**
 * Finds and aborts uploads that S3 began but whose ids were lost with the response. It searches only if the call that
 * begins an upload failed or was retried.
 */
public final class StrayUploads implements MetricPublisher {
    /** The largest difference between this clock and the clock of S3 at which S3 accepts a request. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(15);

    private final S3Bucket bucket;
    private final String key;
    private final Instant since = Instant.now().minus(CLOCK_SKEW);
    private final AtomicInteger retries = new AtomicInteger();

    public StrayUploads(S3Bucket bucket, String key) {
        this.bucket = bucket;
        this.key = key;
    }

    /** Makes the SDK report how often it retried. */
    public void watch(AwsRequestOverrideConfiguration.Builder override) {
        override.addMetricPublisher(this);
    }

    @Override
    public void publish(MetricCollection metrics) {
        metrics.metricValues(CoreMetric.RETRY_COUNT).forEach(retries::addAndGet);
    }

    /**
     * Aborts the uploads of lost attempts. Ignores failures, because the bucket's lifecycle rule does the same later.
     */
    public void abort(Optional<String> ownId) {
        if (ownId.isPresent() && retries.get() == 0) {
            return;
        }
        try {
            bucket
                    .client()
                    .listMultipartUploads(request -> request.bucket(bucket.name())
                            .prefix(key)
                            .expectedBucketOwner(bucket.owner())
                            .overrideConfiguration(bucket.limits(0)))
                    .uploads()
                    .stream()
                    .filter(upload ->
                            upload.key().equals(key) && !upload.initiated().isBefore(since))
                    .filter(upload -> !upload.uploadId().equals(ownId.orElse("")))
                    .forEach(upload -> bucket.client()
                            .abortMultipartUpload(request -> request.bucket(bucket.name())
                                    .key(key)
                                    .expectedBucketOwner(bucket.owner())
                                    .uploadId(upload.uploadId())
                                    .overrideConfiguration(bucket.limits(0))));
        } catch (SdkException unreachableOrForbidden) {
            return;
        }
    }

    @Override
    public void close() {}
}
