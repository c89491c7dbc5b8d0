package io.autodump.aws;

import io.autodump.core.internal.ValueStyle;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.immutables.value.Value;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** What {@link AwsClientsBuilder} was given. */
@Value.Immutable
@ValueStyle
abstract class ClientSettings {
    private static final int DEFAULT_MAX_CONNECTIONS = 64;
    private static final Duration DEFAULT_CALL_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration DEFAULT_ATTEMPT_TIMEOUT = Duration.ofSeconds(15);

    abstract Optional<String> region();

    abstract Optional<String> s3Region();

    abstract Optional<String> profile();

    abstract Optional<AwsCredentialsProvider> credentials();

    abstract Optional<URI> endpoint();

    abstract Optional<URI> s3Endpoint();

    abstract Optional<String> sourceRole();

    abstract Optional<String> targetRole();

    @Value.Default
    boolean s3PathStyle() {
        return false;
    }

    @Value.Default
    boolean s3Checksums() {
        return true;
    }

    @Value.Default
    int maxConnections() {
        return DEFAULT_MAX_CONNECTIONS;
    }

    @Value.Default
    Duration callTimeout() {
        return DEFAULT_CALL_TIMEOUT;
    }

    @Value.Default
    Duration attemptTimeout() {
        return DEFAULT_ATTEMPT_TIMEOUT;
    }

    @Value.Default
    boolean giveUpSoon() {
        return false;
    }

    static final class Builder extends ImmutableClientSettings.Builder {}
}
