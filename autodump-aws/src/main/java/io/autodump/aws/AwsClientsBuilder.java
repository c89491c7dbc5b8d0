package io.autodump.aws;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Builds {@link AwsClients}. Every setting has a default. A later call overrides an earlier one. Not thread-safe. */
public final class AwsClientsBuilder {
    private final ClientSettings.Builder settings = new ClientSettings.Builder();

    AwsClientsBuilder() {}

    /** Sets the region of all services. Default: the SDK looks in the environment, the profile and the instance. */
    public AwsClientsBuilder region(String name) {
        settings.region(name);
        return this;
    }

    /** Sets the region of the S3 buckets. Default: {@link #region}. */
    public AwsClientsBuilder s3Region(String name) {
        settings.s3Region(name);
        return this;
    }

    /**
     * Sets the profile of the shared configuration and credentials files. It supplies the credentials, and the region
     * unless {@link #region} is set. It overrides credentials in the environment. Default: the SDK chooses.
     */
    public AwsClientsBuilder profile(String name) {
        settings.profile(name);
        return this;
    }

    /** Sets the credentials. Default: the SDK looks in the environment, the profile, the container and the instance. */
    public AwsClientsBuilder credentials(AwsCredentialsProvider provider) {
        settings.credentials(provider);
        return this;
    }

    /** Sets credentials that never change, for servers other than AWS's. */
    public AwsClientsBuilder credentials(String accessKeyId, String secretAccessKey) {
        return credentials(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, secretAccessKey)));
    }

    /** Sets one endpoint for all services. Default: AWS's own endpoints. */
    public AwsClientsBuilder endpoint(URI uri) {
        settings.endpoint(uri);
        return this;
    }

    /** Sets the endpoint of S3, for a store that speaks S3's protocol. Overrides {@link #endpoint}. */
    public AwsClientsBuilder s3Endpoint(URI uri) {
        settings.s3Endpoint(uri);
        return this;
    }

    /**
     * Puts the bucket's name into the path instead of the host name. Most stores other than S3 need it. Default: false.
     */
    public AwsClientsBuilder s3PathStyle(boolean pathStyle) {
        settings.s3PathStyle(pathStyle);
        return this;
    }

    /**
     * Says whether the store knows S3's checksum headers and signed chunks. Many other stores refuse them.
     * Default: true.
     */
    public AwsClientsBuilder s3Checksums(boolean known) {
        settings.s3Checksums(known);
        return this;
    }

    /** Sets the ARN of a role that is assumed to read secrets and to make database tokens. Default: no role. */
    public AwsClientsBuilder sourceRole(String roleArn) {
        settings.sourceRole(roleArn);
        return this;
    }

    /** Sets the ARN of a role that is assumed for S3. Default: no role. */
    public AwsClientsBuilder targetRole(String roleArn) {
        settings.targetRole(roleArn);
        return this;
    }

    /** Limits the connections of all clients together; at least 1. Further calls wait. Default: 64. */
    public AwsClientsBuilder maxConnections(int count) {
        settings.maxConnections(count);
        return this;
    }

    /** Limits the duration of a call with all its retries. Doesn't apply to S3. Default: 2 minutes. */
    public AwsClientsBuilder callTimeout(Duration timeout) {
        settings.callTimeout(timeout);
        return this;
    }

    /** Limits the duration of one attempt. Doesn't apply to S3. Default: 15 seconds. */
    public AwsClientsBuilder attemptTimeout(Duration timeout) {
        settings.attemptTimeout(timeout);
        return this;
    }

    /**
     * Says whether a call gives up after 3 attempts without an answer, each with at most 3 seconds to connect, because
     * a person waits. A call that is throttled is tried as often as otherwise. Not for dumps, which should outlast an
     * outage of the network. Default: false, 12 attempts with 5 seconds each.
     */
    public AwsClientsBuilder giveUpSoon(boolean soon) {
        settings.giveUpSoon(soon);
        return this;
    }

    /** Returns the clients. Makes no call and opens no connection. */
    public AwsClients build() {
        return new AwsClients(settings.build());
    }
}
