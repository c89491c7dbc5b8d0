package io.autodump.aws;

import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.AcquireInitialTokenResponse;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RecordSuccessResponse;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.retries.api.RetryToken;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;

/**
 * Retries as another strategy does, but gives up after few attempts without an answer of the service. A call that the
 * service throttles or can't carry out is tried as often as before. Thread-safe.
 */
final class ImpatientRetries implements RetryStrategy {
    private static final int MOST_WITHOUT_ANSWER = 3;

    private final RetryStrategy strategy;

    ImpatientRetries(RetryStrategy strategy) {
        this.strategy = strategy;
    }

    /** A token of the other strategy, and how many attempts got no answer. */
    private record Counted(RetryToken token, int withoutAnswer) implements RetryToken {}

    @Override
    public AcquireInitialTokenResponse acquireInitialToken(AcquireInitialTokenRequest request) {
        AcquireInitialTokenResponse response = strategy.acquireInitialToken(request);
        return AcquireInitialTokenResponse.create(new Counted(response.token(), 0), response.delay());
    }

    @Override
    public RefreshRetryTokenResponse refreshRetryToken(RefreshRetryTokenRequest request) {
        Counted counted = (Counted) request.token();
        int withoutAnswer = counted.withoutAnswer() + (request.failure() instanceof SdkServiceException ? 0 : 1);
        if (withoutAnswer >= MOST_WITHOUT_ANSWER) {
            throw new TokenAcquisitionFailedException("the service doesn't answer", counted, request.failure());
        }
        RefreshRetryTokenResponse response =
                strategy.refreshRetryToken(request.copy(same -> same.token(counted.token())));
        return RefreshRetryTokenResponse.create(new Counted(response.token(), withoutAnswer), response.delay());
    }

    @Override
    public RecordSuccessResponse recordSuccess(RecordSuccessRequest request) {
        return strategy.recordSuccess(RecordSuccessRequest.create(((Counted) request.token()).token()));
    }

    @Override
    public int maxAttempts() {
        return strategy.maxAttempts();
    }

    /** The SDK would otherwise take the other strategy out of this one, to add what it has already. */
    @Override
    public boolean useClientDefaults() {
        return false;
    }

    @Override
    public Builder<?, ?> toBuilder() {
        return strategy.toBuilder();
    }
}
