package io.autodump.aws;

import io.autodump.aws.internal.PartAuthScheme;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Owns every client of the AWS SDK, and the one pool of connections beneath them. A client is made when it is first
 * asked for, and lives until this is closed. Secrets and database tokens are reached with the source's role, S3 with the
 * target's, everything else with the process's own credentials. Retries happen here and nowhere else. Thread-safe.
 */
public final class AwsClients implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SILENCE_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(20);

    private final Builder settings;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    /** By what they are. A client's class is touched by its own method alone, so that a program may leave it out. */
    private final Map<Object, Object> made = new HashMap<>();

    private AwsClients(Builder settings) {
        this.settings = settings;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** With the SDK's default chains for region and credentials. */
    public static AwsClients create() {
        return builder().build();
    }

    /** Reaches the secrets of the source. */
    public SecretsManagerClient secretsManager() {
        return once(SecretsManagerClient.class, () -> open(SecretsManagerClient.builder(), sourceCredentials()));
    }

    public SfnClient stepFunctions() {
        return once(SfnClient.class, () -> open(SfnClient.builder(), credentials()));
    }

    /**
     * Reaches the buckets of the target. A call has no limit on its whole duration, since a part may be large and a line
     * slow; one on which nothing moves for 60 seconds fails.
     */
    public S3Client s3() {
        return once(S3Client.class, this::openS3);
    }

    public SnsClient sns() {
        return once(SnsClient.class, () -> open(SnsClient.builder(), credentials()));
    }

    public EventBridgeClient eventBridge() {
        return once(EventBridgeClient.class, () -> open(EventBridgeClient.builder(), credentials()));
    }

    /** Tells who this process is. Roles are assumed through it. */
    public StsClient sts() {
        return once(StsClient.class, () -> open(StsClient.builder(), credentials()));
    }

    /** The credentials of the source's role, or the process's own. */
    public AwsCredentialsProvider sourceCredentials() {
        return assume(settings.sourceRole);
    }

    /**
     * The region that everything is in.
     *
     * @throws software.amazon.awssdk.core.exception.SdkClientException if neither the builder nor the environment names
     *     one
     */
    public Region region() {
        return once(Region.class, this::findRegion);
    }

    /** The name of {@link #region()}. */
    public String regionName() {
        return region().id();
    }

    /** Closes every client that was made, and the connections. No client works afterwards. */
    @Override
    public synchronized void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception ignored) {
                // Nothing is lost by a client that can't be closed, and the others still have to be.
            }
        }
    }

    private AwsCredentialsProvider credentials() {
        return once(AwsCredentialsProvider.class, this::findCredentials);
    }

    private Region findRegion() {
        return Optional.ofNullable(settings.region)
                .map(Region::of)
                .orElseGet(() -> DefaultAwsRegionProviderChain.builder()
                        .profileName(settings.profile)
                        .build()
                        .getRegion());
    }

    private AwsCredentialsProvider findCredentials() {
        if (settings.credentials != null) {
            return settings.credentials;
        }
        // A profile that was asked for by name goes before whatever the environment holds.
        return settings.profile == null
                ? opened(DefaultCredentialsProvider.builder().build())
                : opened(ProfileCredentialsProvider.create(settings.profile));
    }

    /** One provider for each role, however many clients use it. */
    private AwsCredentialsProvider assume(@Nullable String roleArn) {
        return roleArn == null ? credentials() : once(roleArn, () -> newRole(roleArn));
    }

    private AwsCredentialsProvider newRole(String roleArn) {
        return opened(StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts())
                .refreshRequest(request -> request.roleArn(roleArn).roleSessionName("autodump"))
                .build());
    }

    private SdkHttpClient openHttp() {
        return opened(Apache5HttpClient.builder()
                .maxConnections(settings.maxConnections)
                .connectionTimeout(CONNECT_TIMEOUT)
                .connectionAcquisitionTimeout(SILENCE_TIMEOUT)
                .socketTimeout(SILENCE_TIMEOUT)
                .connectionMaxIdleTime(IDLE_TIMEOUT)
                .tcpKeepAlive(true)
                .build());
    }

    private S3Client openS3() {
        var builder = S3Client.builder().forcePathStyle(settings.s3PathStyle).putAuthScheme(new PartAuthScheme());
        configure(builder, assume(settings.targetRole), overrides());
        Optional.ofNullable(settings.s3Endpoint).ifPresent(builder::endpointOverride);
        Optional.ofNullable(settings.s3Region).map(Region::of).ifPresent(builder::region);
        return opened(builder.build());
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkAutoCloseable> C open(
            B builder, AwsCredentialsProvider as) {
        configure(
                builder,
                as,
                overrides().apiCallTimeout(settings.callTimeout).apiCallAttemptTimeout(settings.attemptTimeout));
        return opened(builder.build());
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> void configure(
            B builder, AwsCredentialsProvider as, ClientOverrideConfiguration.Builder overrides) {
        builder.httpClient(once(SdkHttpClient.class, this::openHttp))
                .credentialsProvider(as)
                .region(region())
                .overrideConfiguration(overrides.build());
        Optional.ofNullable(settings.endpoint).ifPresent(builder::endpointOverride);
    }

    private ClientOverrideConfiguration.Builder overrides() {
        return ClientOverrideConfiguration.builder().retryStrategy(Retries.strategy());
    }

    /** The thing under that key, which is made if there is none yet. */
    @SuppressWarnings("unchecked")
    private synchronized <T> T once(Object key, Supplier<T> maker) {
        Object there = made.get(key);
        if (there == null) {
            there = maker.get();
            made.put(key, there);
        }
        return (T) there;
    }

    private synchronized <T extends AutoCloseable> T opened(T closeable) {
        opened.push(closeable);
        return closeable;
    }

    /** Settings of the clients. Not thread-safe; built once. */
    public static final class Builder {
        private static final int DEFAULT_MAX_CONNECTIONS = 64;
        private static final Duration DEFAULT_CALL_TIMEOUT = Duration.ofMinutes(2);
        private static final Duration DEFAULT_ATTEMPT_TIMEOUT = Duration.ofSeconds(15);

        private @Nullable String region;
        private @Nullable String s3Region;
        private @Nullable String profile;
        private @Nullable AwsCredentialsProvider credentials;
        private @Nullable URI endpoint;
        private @Nullable URI s3Endpoint;
        private @Nullable String sourceRole;
        private @Nullable String targetRole;
        private boolean s3PathStyle;
        private int maxConnections = DEFAULT_MAX_CONNECTIONS;
        private Duration callTimeout = DEFAULT_CALL_TIMEOUT;
        private Duration attemptTimeout = DEFAULT_ATTEMPT_TIMEOUT;

        private Builder() {}

        /** By default what the SDK's chain finds: environment, profile, instance. */
        public Builder region(String name) {
            region = name;
            return this;
        }

        /** Of S3's buckets; by default that of everything else. */
        public Builder s3Region(String name) {
            s3Region = name;
            return this;
        }

        /**
         * A profile of the shared configuration and credentials files, for credentials and, unless it is set, the region.
         * Credentials in the environment don't count then. By default what the SDK's chain finds.
         */
        public Builder profile(String name) {
            profile = name;
            return this;
        }

        /** By default what the SDK's chain finds: environment, profile, container, instance. */
        public Builder credentials(AwsCredentialsProvider provider) {
            credentials = provider;
            return this;
        }

        /** As {@link #credentials(AwsCredentialsProvider)}, with a key that never changes; for servers that aren't AWS's. */
        public Builder credentials(String accessKeyId, String secretAccessKey) {
            return credentials(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, secretAccessKey)));
        }

        /** Where every service answers, instead of AWS's own endpoints. */
        public Builder endpoint(URI uri) {
            endpoint = uri;
            return this;
        }

        /** Where S3 answers; for a store that only speaks S3's protocol. Goes before {@link #endpoint}. */
        public Builder s3Endpoint(URI uri) {
            s3Endpoint = uri;
            return this;
        }

        /** Whether the bucket stands in the path and not in the host name, as most stores other than S3 need it. */
        public Builder s3PathStyle(boolean pathStyle) {
            s3PathStyle = pathStyle;
            return this;
        }

        /** The ARN of a role to assume for secrets and database tokens. */
        public Builder sourceRole(String roleArn) {
            sourceRole = roleArn;
            return this;
        }

        /** The ARN of a role to assume for S3. */
        public Builder targetRole(String roleArn) {
            targetRole = roleArn;
            return this;
        }

        /** Connections in all, at most; 64 by default. More calls than this at once wait for one another. */
        public Builder maxConnections(int count) {
            maxConnections = count;
            return this;
        }

        /** Of a call with all of its retries, except to S3; 2 minutes by default. */
        public Builder callTimeout(Duration timeout) {
            callTimeout = timeout;
            return this;
        }

        /** Of one attempt, except to S3; 15 seconds by default. */
        public Builder attemptTimeout(Duration timeout) {
            attemptTimeout = timeout;
            return this;
        }

        public AwsClients build() {
            Builder copy = new Builder();
            copy.region = region;
            copy.s3Region = s3Region;
            copy.profile = profile;
            copy.credentials = credentials;
            copy.endpoint = endpoint;
            copy.s3Endpoint = s3Endpoint;
            copy.sourceRole = sourceRole;
            copy.targetRole = targetRole;
            copy.s3PathStyle = s3PathStyle;
            copy.maxConnections = maxConnections;
            copy.callTimeout = callTimeout;
            copy.attemptTimeout = attemptTimeout;
            return new AwsClients(copy);
        }
    }
}
