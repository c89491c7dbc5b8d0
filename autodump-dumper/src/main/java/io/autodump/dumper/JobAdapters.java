package io.autodump.dumper;

import io.autodump.age.AgeEncryption;
import io.autodump.aws.AwsClients;
import io.autodump.aws.AwsClientsBuilder;
import io.autodump.aws.event.EventBridgeDumpEvents;
import io.autodump.aws.event.SnsDumpEvents;
import io.autodump.aws.log.JsonLog;
import io.autodump.aws.rds.RdsIamTokens;
import io.autodump.aws.rds.RdsSecretValues;
import io.autodump.aws.s3.S3DumpStore;
import io.autodump.aws.s3.S3DumpStoreBuilder;
import io.autodump.aws.secretsmanager.SecretsManagerCatalog;
import io.autodump.aws.secretsmanager.SecretsManagerValues;
import io.autodump.core.AutoDump;
import io.autodump.core.AutoDumpBuilder;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DatabaseEngine;
import io.autodump.core.port.DumpEvents;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.SecretCatalog;
import io.autodump.core.record.RunPlace;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.postgres.PostgresEngine;
import io.autodump.postgres.PostgresMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The adapters on AWS that the settings of a job name. */
final class JobAdapters {
    /** Parallel parts need one connection each. There is at most one other call at a time. */
    private static final int CONNECTIONS = 8;

    private final DumperSettings settings;
    private final AwsClients clients;
    private final JsonLog log;

    JobAdapters(DumperSettings settings, AwsClients clients, JsonLog log) {
        this.settings = settings;
        this.clients = clients;
        this.log = log;
    }

    /** AWS Batch sets the id of the job; everywhere, the container's name is that of its host. */
    static RunPlace place(Map<String, String> environment) {
        return new RunPlace(
                Optional.ofNullable(environment.get("HOSTNAME")),
                Optional.ofNullable(environment.get("AWS_BATCH_JOB_ID")),
                Optional.empty());
    }

    static AwsClients clients(DumperSettings settings, Map<String, String> environment) {
        AwsClientsBuilder builder = AwsClients.builder().maxConnections(CONNECTIONS);
        settings.sourceRoleArn().ifPresent(builder::sourceRole);
        settings.targetRoleArn().ifPresent(builder::targetRole);
        settings.store().applyTo(builder, environment);
        settings.bucketRegion().ifPresent(builder::s3Region);
        if (environment.getOrDefault("AWS_REGION", "").isBlank()) {
            builder.region(settings.region());
        }
        return builder.build();
    }

    /** The engines of the jobs. A new engine is one more element of the list. */
    static List<DatabaseEngine> engines() {
        return List.of(PostgresEngine.create());
    }

    DumperSettings settings() {
        return settings;
    }

    JsonLog log() {
        return log;
    }

    /** Passes on what client programs say. */
    void logMessages() {
        PostgresMessages.passTo(text ->
                log.write(log.info(text).put("secretArn", settings.secret().value())));
    }

    /** Returns a builder with secrets, engines and clock. */
    AutoDumpBuilder wired() {
        AutoDumpBuilder autoDump = AutoDump.builder()
                .secretCatalog(catalog())
                .secretValues(RdsSecretValues.create(new SecretsManagerValues(clients.secretsManager()), clients))
                .databaseTokens(new RdsIamTokens(clients.sourceCredentials(), clients.region()))
                .encryption(AgeEncryption.create())
                .clock(log.clock());
        engines().forEach(autoDump::engine);
        return autoDump;
    }

    /**
     * Returns the secret of the job.
     *
     * @throws AutoDumpException {@code SECRET_NOT_FOUND}, {@code CATALOG_FAILED}
     */
    TaggedSecret secret() {
        return catalog()
                .find(settings.secret())
                .orElseThrow(() -> new AutoDumpException(
                        ErrorCode.SECRET_NOT_FOUND,
                        "there is no secret " + settings.secret() + "; nothing was done",
                        "name another secret, or create it again"));
    }

    private SecretCatalog catalog() {
        return new SecretsManagerCatalog(clients.secretsManager());
    }

    DumpStore store(String bucket) {
        return store(bucket, "");
    }

    /**
     * Returns the store in a part of a bucket.
     *
     * @param prefix the beginning of all keys; may be empty
     */
    DumpStore store(String bucket, String prefix) {
        S3DumpStoreBuilder store = S3DumpStore.builder(clients::s3, bucket).prefix(prefix);
        settings.store().applyTo(store);
        settings.kmsKeyArn().ifPresent(store::kmsKeyId);
        settings.bucketOwner().ifPresent(store::expectedBucketOwner);
        return store.build();
    }

    /** Returns the channels for programs and people. A new channel is one more element of the list. */
    List<DumpEvents> channels() {
        List<DumpEvents> channels = new ArrayList<>();
        settings.eventBus()
                .ifPresent(bus -> channels.add(EventBridgeDumpEvents.create(clients, bus, this::unpublished)));
        settings.topicArn().ifPresent(topic -> channels.add(SnsDumpEvents.create(clients, topic, this::unpublished)));
        return channels;
    }

    private void unpublished(AutoDumpException failed) {
        log.write(log.error(failed));
    }
}
