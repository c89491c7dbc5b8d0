package io.autodump.aws.s3.request;

import io.autodump.aws.internal.ForeignAnswer;
import java.time.Duration;
import java.util.function.Function;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * A client that doesn't wait for the same outage again and again. After a call that got no answer in all its attempts,
 * further calls get one attempt each, until the store answers or some minutes are over. So what follows a failed dump
 * (aborting its upload, removing its parts, recording the failure) takes seconds each, not minutes. Thread-safe.
 */
final class ImpatientS3 extends DelegatingS3Client {
    private static final Duration MEMORY = Duration.ofMinutes(3);

    private volatile boolean silent;
    private volatile long silentAt;

    ImpatientS3(S3Client client) {
        super(client);
    }

    @Override
    @SuppressWarnings("unchecked") // A request's builder builds a request of the same class.
    protected <T extends S3Request, R> R invokeOperation(T request, Function<T, R> operation) {
        boolean once = silent && System.nanoTime() - silentAt < MEMORY.toNanos();
        try {
            R answer = operation.apply(once ? (T) withOneAttempt(request) : request);
            silent = false;
            return answer;
        } catch (AwsServiceException answered) {
            silent = false;
            throw answered;
        } catch (AbortedException interrupted) {
            throw interrupted;
        } catch (SdkException unanswered) {
            silentAt = System.nanoTime();
            silent = true;
            throw unanswered;
        } catch (StackOverflowError tooDeep) {
            // The SDK follows elements that are one within the other. No answer of S3 has many of them.
            silent = false;
            throw ForeignAnswer.failure(tooDeep);
        }
    }

    private static S3Request withOneAttempt(S3Request request) {
        return request.overrideConfiguration()
                .flatMap(limits -> limits.apiCallAttemptTimeout()
                        .map(attempt ->
                                limits.toBuilder().apiCallTimeout(attempt).build()))
                .map(limits -> with(request, limits))
                .orElse(request);
    }

    private static S3Request with(S3Request request, AwsRequestOverrideConfiguration limits) {
        return (S3Request) request.toBuilder().overrideConfiguration(limits).build();
    }
}
