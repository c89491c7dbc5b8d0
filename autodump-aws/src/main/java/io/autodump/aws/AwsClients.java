package io.autodump.aws;

import io.autodump.aws.internal.LateTrust;
import io.autodump.aws.internal.PartAuthScheme;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Owns the clients of the AWS SDK and the connection pool that they share. A client is made on first use and lives
 * until this object is closed. Secrets and database tokens are read with the source role, S3 is accessed with the
 * target role, and every other service with the credentials of the process. These clients retry; the adapters don't.
 * Thread-safe.
 */
public final class AwsClients implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SHORT_CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration SILENCE_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(20);

    private static final String PLAIN_S3 = "S3 without checksums";

    private final ClientSettings settings;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Map<Object, Object> made = new HashMap<>();

    AwsClients(ClientSettings settings) {
        this.settings = settings;
    }

    /** Returns a builder in which every setting has its default. */
    public static AwsClientsBuilder builder() {
        return new AwsClientsBuilder();
    }

    /** Returns clients with the region and the credentials that the SDK finds by default. */
    public static AwsClients create() {
        return builder().build();
    }

    /** Returns the client that reads secrets. */
    public SecretsManagerClient secretsManager() {
        return once(SecretsManagerClient.class, () -> open(SecretsManagerClient.builder(), sourceCredentials()));
    }

    /**
     * Returns the client that accesses buckets. A call has no time limit as a whole, because a part may be large and a
     * line slow. A call on which nothing moves for 60 seconds fails.
     */
    public S3Client s3() {
        return s3(settings.s3Checksums());
    }

    /**
     * As {@link #s3()}, with or without S3's checksums, whatever the builder was told.
     *
     * @param checksums whether requests may carry checksum headers and signed chunks
     */
    public S3Client s3(boolean checksums) {
        return once(checksums ? S3Client.class : PLAIN_S3, () -> openS3(checksums));
    }

    /** Returns the client that identifies the process and assumes roles. */
    public StsClient sts() {
        return client(StsClient.class, StsClient::builder);
    }

    /**
     * Returns the client of any other service, with the connections, timeouts and retries of these clients and the
     * credentials of the process: {@code clients.client(SnsClient.class, SnsClient::builder)}.
     *
     * @param type identifies the client: a second call with the same type returns the same client
     * @param builder called once for each type
     */
    public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkAutoCloseable> C client(
            Class<C> type, Supplier<B> builder) {
        return once(type, () -> open(builder.get(), credentials()));
    }

    /** As {@link #client}, with the credentials of the source role. */
    public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkAutoCloseable> C sourceClient(
            Class<C> type, Supplier<B> builder) {
        return once("source " + type.getName(), () -> open(builder.get(), sourceCredentials()));
    }

    /**
     * Returns a service without a client library of its own, with the connections of these clients and the credentials
     * of the process.
     *
     * @param name the name that requests are signed for, such as {@code logs}
     * @param target the beginning of the header {@code X-Amz-Target}, such as {@code Logs_20140328}
     */
    public JsonService jsonService(String name, String target) {
        return new JsonService(
                new JsonService.Names(name, target),
                settings.endpoint().orElseGet(() -> JsonService.endpoint(name, region())),
                region(),
                credentials(),
                once(SdkHttpClient.class, this::openHttp));
    }

    /** Returns the credentials of the source role, or those of the process if there is no such role. */
    public AwsCredentialsProvider sourceCredentials() {
        return assume(settings.sourceRole());
    }

    /**
     * Returns the region of all services.
     *
     * @throws software.amazon.awssdk.core.exception.SdkClientException if neither the builder nor the environment
     *     names one
     */
    public Region region() {
        return once(Region.class, this::findRegion);
    }

    /** Returns the name of {@link #region()}, such as {@code eu-central-1}. */
    public String regionName() {
        return region().id();
    }

    /** Closes all clients and connections. No client works afterwards. A second call does nothing. */
    @Override
    public synchronized void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception ignored) {
                // A client that fails to close loses nothing, and the others must still be closed.
            }
        }
    }

    private AwsCredentialsProvider credentials() {
        return once(AwsCredentialsProvider.class, this::findCredentials);
    }

    private Region findRegion() {
        return settings.region()
                .map(Region::of)
                .orElseGet(() -> DefaultAwsRegionProviderChain.builder()
                        .profileName(settings.profile().orElse(null))
                        .build()
                        .getRegion());
    }

    private AwsCredentialsProvider findCredentials() {
        AwsCredentialsProvider found = settings.credentials()
                .orElseGet(() -> settings.profile()
                        // A named profile overrides the environment.
                        .<AwsCredentialsProvider>map(name -> opened(ProfileCredentialsProvider.create(name)))
                        .orElseGet(() ->
                                opened(DefaultCredentialsProvider.builder().build())));
        return new ExplainedCredentials(
                found, settings.profile().or(() -> Optional.ofNullable(System.getenv("AWS_PROFILE"))));
    }

    /** All clients that assume the same role share one provider. */
    private AwsCredentialsProvider assume(Optional<String> roleArn) {
        return roleArn.map(arn -> this.<AwsCredentialsProvider>once(arn, () -> newRole(arn)))
                .orElseGet(this::credentials);
    }

    private AwsCredentialsProvider newRole(String roleArn) {
        return opened(StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts())
                .refreshRequest(request -> request.roleArn(roleArn).roleSessionName("autodump"))
                .build());
    }

    private SdkHttpClient openHttp() {
        return opened(Apache5HttpClient.builder()
                .maxConnections(settings.maxConnections())
                .connectionTimeout(settings.giveUpSoon() ? SHORT_CONNECT_TIMEOUT : CONNECT_TIMEOUT)
                .connectionAcquisitionTimeout(SILENCE_TIMEOUT)
                .socketTimeout(SILENCE_TIMEOUT)
                .connectionMaxIdleTime(IDLE_TIMEOUT)
                .tcpKeepAlive(true)
                .tlsTrustManagersProvider(new LateTrust()::asArray)
                .build());
    }

    private S3Client openS3(boolean checksums) {
        var builder = S3Client.builder().forcePathStyle(settings.s3PathStyle()).putAuthScheme(new PartAuthScheme());
        if (!checksums) {
            builder.requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                    .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                    .serviceConfiguration(service -> service.chunkedEncodingEnabled(false));
        }
        configure(builder, assume(settings.targetRole()), overrides());
        settings.s3Endpoint().ifPresent(builder::endpointOverride);
        settings.s3Region().map(Region::of).ifPresent(builder::region);
        return opened(builder.build());
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkAutoCloseable> C open(
            B builder, AwsCredentialsProvider as) {
        configure(
                builder,
                as,
                overrides().apiCallTimeout(settings.callTimeout()).apiCallAttemptTimeout(settings.attemptTimeout()));
        return opened(builder.build());
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> void configure(
            B builder, AwsCredentialsProvider as, ClientOverrideConfiguration.Builder overrides) {
        builder.httpClient(once(SdkHttpClient.class, this::openHttp))
                .credentialsProvider(as)
                .region(region())
                .overrideConfiguration(overrides.build());
        settings.endpoint().ifPresent(builder::endpointOverride);
    }

    private ClientOverrideConfiguration.Builder overrides() {
        RetryStrategy patient = Retries.strategy();
        return ClientOverrideConfiguration.builder()
                .retryStrategy(settings.giveUpSoon() ? new ImpatientRetries(patient) : patient);
    }

    /** Returns what was made under the key; makes it if there is nothing yet. */
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
}
