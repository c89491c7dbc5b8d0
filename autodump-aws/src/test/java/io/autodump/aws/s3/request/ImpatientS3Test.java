package io.autodump.aws.s3.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;

class ImpatientS3Test {
    private static final Duration ATTEMPT = Duration.ofSeconds(30);

    private final List<Duration> limits = new ArrayList<>();
    private Optional<SdkException> failure = Optional.empty();
    private final S3Bucket bucket = new S3Bucket(new Answering(), "dumps", Optional.empty(), ATTEMPT);

    @Test
    void triesOnceAfterACallThatGotNoAnswerUntilThereIsOne() {
        head();
        failure = Optional.of(ApiCallTimeoutException.create(300_000));
        head();
        head();
        failure = Optional.of((SdkException)
                S3Exception.builder().statusCode(503).message("slow").build());
        head();
        failure = Optional.empty();
        head();

        assertThat(limits)
                .containsExactly(
                        ATTEMPT.multipliedBy(10), ATTEMPT.multipliedBy(10), ATTEMPT, ATTEMPT, ATTEMPT.multipliedBy(10));
    }

    /** Java's parser, unlike that of the tests, follows elements that are one within the other. */
    @Test
    void takesAnAnswerThatFillsTheStackForNoneOfAStore() {
        S3Bucket deep = new S3Bucket(new Deep(), "dumps", Optional.empty(), ATTEMPT);

        SdkException failed =
                catchThrowableOfType(SdkException.class, () -> deep.keys("").toList());

        assertThat(deep.failure(S3Call.LIST, "all objects").because(failed, "nothing was changed"))
                .hasMessageStartingWith("AD-4001: S3 ListObjectsV2 of all objects in bucket dumps got an answer that")
                .hasMessageContaining("isn't from AWS");
    }

    private void head() {
        Throwable failed = catchThrowable(() -> bucket.head("orders"));
        assertThat(Optional.ofNullable(failed)).isEqualTo(failure);
    }

    private final class Answering implements S3Client {
        @Override
        public HeadObjectResponse headObject(HeadObjectRequest request) {
            limits.add(request.overrideConfiguration()
                    .orElseThrow()
                    .apiCallTimeout()
                    .orElseThrow());
            failure.ifPresent(failed -> {
                throw failed;
            });
            return HeadObjectResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return "s3";
        }

        @Override
        public void close() {}
    }

    private static final class Deep implements S3Client {
        @Override
        public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
            throw new StackOverflowError();
        }

        @Override
        public String serviceName() {
            return "s3";
        }

        @Override
        public void close() {}
    }
}
