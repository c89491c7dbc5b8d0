package io.autodump.cli.wiring;

import io.autodump.aws.AwsClients;
import io.autodump.aws.AwsClientsBuilder;
import io.autodump.aws.CallerIdentity;
import io.autodump.aws.S3Kind;
import io.autodump.aws.rds.RdsIamTokens;
import io.autodump.aws.rds.RdsInventory;
import io.autodump.aws.rds.RdsServer;
import io.autodump.aws.s3.S3DumpStore;
import io.autodump.aws.s3.S3DumpStoreBuilder;
import io.autodump.aws.s3.S3Leftovers;
import io.autodump.aws.stepfunctions.DeployedLogs;
import io.autodump.aws.stepfunctions.DeployedRuns;
import io.autodump.aws.stepfunctions.DeployedTask;
import io.autodump.cli.config.AwsSettings;
import io.autodump.cli.config.Configuration;
import io.autodump.cli.config.S3Settings;
import io.autodump.cli.config.SecretsLocation;
import io.autodump.cli.config.StoreLocation;
import io.autodump.cli.doctor.LeftoversProbe;
import io.autodump.cli.doctor.Probe;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DatabaseTokens;
import io.autodump.core.port.DumpStore;
import io.autodump.core.secret.SecretId;
import io.autodump.local.secret.SecretsBackend;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.s3.model.StorageClass;

/** The adapters on AWS that a configuration names. Their clients live as long as the process. Thread-safe. */
public final class AwsAccount {
    /** The region for stores that ignore it. Other tools use the same one. */
    private static final String ANY_REGION = "us-east-1";

    /** The part of the heap for the copy of a dump. That of a dump may have half of it. */
    private static final int SHARE_OF_COPIES = 4;

    private final AwsSettings settings;
    private final AwsClients clients;

    private AwsAccount(AwsSettings settings, AwsClients clients) {
        this.settings = settings;
        this.clients = clients;
    }

    /** Creates the clients. Makes no call yet. */
    public static AwsAccount of(Configuration configuration) {
        AwsSettings settings = configuration.aws();
        S3Settings s3 = settings.store().s3();
        S3Kind kind = kind(s3);
        AwsClientsBuilder clients = AwsClients.builder()
                .s3PathStyle(s3.pathStyle().orElse(kind.pathStyle()))
                .s3Checksums(s3.checksums().orElse(kind.checksums()))
                .giveUpSoon(settings.giveUpSoon());
        region(configuration).ifPresent(clients::region);
        settings.profile().ifPresent(clients::profile);
        settings.sourceRole().ifPresent(clients::sourceRole);
        settings.targetRole().ifPresent(clients::targetRole);
        settings.endpoint().ifPresent(clients::endpoint);
        settings.store().endpoint().ifPresent(clients::s3Endpoint);
        settings.store()
                .region()
                .or(() -> kind.region(settings.store().endpoint()))
                .ifPresent(clients::s3Region);
        return new AwsAccount(settings, clients.build());
    }

    /** Emulators of AWS accept any region, so this sets one for them. */
    private static Optional<String> region(Configuration configuration) {
        AwsSettings settings = configuration.aws();
        boolean nothingOnAws = settings.endpoint().isPresent()
                || (settings.store().endpoint().isPresent()
                        && configuration.secrets() instanceof SecretsLocation.Folder);
        if (settings.region().isPresent() || !nothingOnAws) {
            return settings.region();
        }
        try {
            return Optional.of(new AwsRegionProviderChain(
                            new SystemSettingsRegionProvider(),
                            new AwsProfileRegionProvider(
                                    null, settings.profile().orElse(null)))
                    .getRegion()
                    .id());
        } catch (SdkException unset) {
            return Optional.of(ANY_REGION);
        }
    }

    /**
     * Returns the secrets of the account.
     *
     * @throws AutoDumpException {@code INVALID_CONFIGURATION} if there is no region
     */
    public SecretsBackend secrets() {
        return configured(() -> new AccountSecrets(clients));
    }

    /**
     * Returns the tokens for {@code autodump:auth} = {@code iam}. Looks for a region when the first token is needed.
     */
    public DatabaseTokens tokens() {
        return (host, port, username) -> configured(
                        () -> new RdsIamTokens(clients.sourceCredentials(), clients.region()))
                .token(host, port, username);
    }

    /**
     * Returns the store in a bucket.
     *
     * @param use what it is for, which decides about its memory
     * @throws AutoDumpException {@code INVALID_CONFIGURATION} if there is no region, or if the heap is too small
     */
    DumpStore store(StoreLocation.Remote bucket, StoreKind.Use use) {
        return configured(() -> use == StoreKind.Use.COPIES
                ? builder(bucket)
                        .memory(Runtime.getRuntime().maxMemory() / SHARE_OF_COPIES)
                        .build()
                : builder(bucket).build());
    }

    /** Returns a check of that store, permission by permission. */
    public Probe storeProbe(StoreLocation.Remote bucket) {
        return new BucketProbe(bucket, configured(() -> builder(bucket).buildProbe()));
    }

    /** Returns a check for what killed processes left in the bucket. */
    public Probe leftoversProbe(StoreLocation.Remote bucket) {
        S3Leftovers leftovers = configured(() -> builder(bucket).buildLeftovers());
        return new LeftoversProbe(leftovers::abandonedUploads, leftovers::filesWithoutManifest);
    }

    /** Returns a check that completes a small upload there. */
    public Probe uploadProbe(StoreLocation.Remote bucket) {
        S3Settings s3 = settings.store().s3();
        return new UploadProbe(
                bucket,
                configured(() -> builder(bucket).buildUploadProbe(clients.s3(false))),
                s3.conditionalWrites().orElse(kind(s3).conditionalWrites()));
    }

    private static S3Kind kind(S3Settings s3) {
        return S3Kind.valueOf(s3.kind().toUpperCase(Locale.ROOT));
    }

    /**
     * Returns the runs of the deployment.
     *
     * @param task what the runs do
     * @param stateMachineArn empty for the only one in the account and region
     */
    public DeployedRuns deployedRuns(DeployedTask task, Optional<String> stateMachineArn) {
        return configured(() -> DeployedRuns.create(clients, task, stateMachineArn));
    }

    /**
     * Returns the log of a run's jobs.
     *
     * @param group the name of the log group
     */
    public DeployedLogs deployedLogs(String group, SecretId secret, Instant when) {
        return configured(() -> DeployedLogs.create(clients, group, secret, when));
    }

    /**
     * Returns the instances and clusters in RDS.
     *
     * @throws AutoDumpException {@code CATALOG_FAILED} if they can't be listed
     */
    public List<RdsServer> servers() {
        return configured(() -> RdsInventory.create(clients)).servers();
    }

    /**
     * Returns the account of these credentials, and the region.
     *
     * @throws AutoDumpException {@code CATALOG_FAILED} if there are no valid credentials or no response
     */
    public AwsPlace place() {
        String region = configured(clients::regionName);
        return new AwsPlace(configured(() -> new CallerIdentity(clients.sts())).account(), region);
    }

    /** Returns a check of the credentials of this process. */
    public Probe identityProbe() {
        return new IdentityProbe(configured(() -> new CallerIdentity(clients.sts())), clients.regionName());
    }

    private S3DumpStoreBuilder builder(StoreLocation.Remote bucket) {
        AwsSettings.Store store = settings.store();
        // If there is no region, that is said here, and not by the first request.
        clients.regionName();
        S3DumpStoreBuilder builder = S3DumpStore.builder(() -> configured(clients::s3), bucket.container())
                .prefix(bucket.prefix())
                .kind(kind(store.s3()));
        store.s3().checksums().ifPresent(builder::checksums);
        store.s3().conditionalWrites().ifPresent(builder::conditionalWrites);
        store.s3().equalParts().ifPresent(builder::equalParts);
        store.s3().partSize().ifPresent(builder::firstPartSize);
        store.s3().maxParts().ifPresent(builder::maxParts);
        store.owner().ifPresent(builder::expectedBucketOwner);
        store.kmsKey().ifPresent(builder::kmsKeyId);
        store.storageClass().map(StorageClass::fromValue).ifPresent(builder::storageClass);
        store.objectTags().forEach(builder::tag);
        return builder;
    }

    private static <T> T configured(Supplier<T> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException wrong) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "the settings for AWS can't be used: " + wrong.getMessage() + "; nothing was done",
                    "change what stands under aws: in autodump.yaml",
                    wrong);
        } catch (SdkException unfound) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "no region for AWS is set, here or where the AWS tools look for one; nothing was done",
                    "name one: --region, aws.region in autodump.yaml, AWS_REGION, or the region of the profile",
                    unfound);
        }
    }
}
