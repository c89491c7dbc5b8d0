package io.autodump.infra;

import io.autodump.core.contract.DumperNames;
import io.autodump.core.contract.LambdaNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.constructs.Construct;

/** The buckets for dumps: existing ones, or a new one. */
final class DumpStorage extends Construct {
    /** An upload is as old as its dump. The rule must not abort an upload of a running dump. */
    private static final java.time.Duration LEAST_AGE = java.time.Duration.ofDays(2);

    private static final Duration ACCESS_LOGS_KEPT = Duration.days(365);
    /** Long enough to notice and undo a deletion. */
    private static final Duration OLD_VERSIONS_KEPT = Duration.days(30);

    private static final List<String> RECORDS = List.of("failed", "accepted", "proven", "unproven");

    private final List<IBucket> buckets;
    private final Optional<IKey> key;

    DumpStorage(Construct scope, AutoDumpProps props, IKey ownKey) {
        super(scope, "Storage");
        if (props.buckets().isEmpty()) {
            IKey used = props.encryptionKey().orElse(ownKey);
            buckets = List.of(bucket(props, used));
            key = Optional.of(used);
        } else {
            buckets = List.copyOf(props.buckets());
            key = props.encryptionKey();
        }
    }

    /** Returns the buckets. The first one is for secrets that name none. */
    List<IBucket> buckets() {
        return buckets;
    }

    /** Returns the key of the dumps; empty if each bucket has its own key. */
    Optional<IKey> key() {
        return key;
    }

    String names() {
        return String.join(",", buckets.stream().map(IBucket::getBucketName).toList());
    }

    /** The ARNs of the objects with these keys, in all buckets. */
    List<String> objects(String pattern) {
        return buckets.stream().map(bucket -> bucket.arnForObjects(pattern)).toList();
    }

    /**
     * How a function reaches buckets.
     *
     * @param chosen the names of those that it needs, separated by commas
     */
    Map<String, String> settings(AutoDumpProps props, String chosen) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(LambdaNames.BUCKETS, chosen);
        settings.put(DumperNames.BUCKET_OWNER, props.bucketOwner().orElse(Aws.ACCOUNT_ID));
        props.targetRoleArn().ifPresent(target -> settings.put(DumperNames.TARGET_ROLE_ARN, target));
        props.bucketRegion().ifPresent(region -> settings.put(LambdaNames.BUCKET_REGION, region));
        return settings;
    }

    /** Allows to list dumps and to read manifests. Doesn't allow to read a dump. */
    List<PolicyStatement> readsManifests(AutoDumpProps props) {
        List<PolicyStatement> statements = new ArrayList<>();
        statements.add(PolicyStatement.Builder.create()
                .sid("ListDumps")
                .actions(List.of("s3:ListBucket"))
                .resources(buckets.stream().map(IBucket::getBucketArn).toList())
                .build());
        statements.add(PolicyStatement.Builder.create()
                .sid("ReadManifests")
                .actions(List.of("s3:GetObject"))
                // "*" before the suffix: the keys contain names of secrets and times. Dumps have another suffix.
                .resources(objects("*.manifest.json"))
                .build());
        key.ifPresent(key -> statements.add(PolicyStatement.Builder.create()
                .sid("DecryptManifests")
                .actions(List.of("kms:Decrypt"))
                .resources(List.of(key.getKeyArn()))
                .conditions(DumpJobs.onlyThroughS3(this, props))
                .build()));
        return statements;
    }

    /** Allows to put one page into the first bucket, and to read the records that it shows. */
    List<PolicyStatement> writesReport(AutoDumpProps props, String page) {
        List<PolicyStatement> statements = new ArrayList<>();
        statements.add(PolicyStatement.Builder.create()
                .sid("WriteReport")
                .actions(List.of("s3:PutObject"))
                .resources(List.of(buckets.get(0).arnForObjects(page)))
                .build());
        statements.add(PolicyStatement.Builder.create()
                .sid("ReadRecords")
                .actions(List.of("s3:GetObject"))
                // "*" before the suffix: as for manifests. Records have no data of a database.
                .resources(RECORDS.stream()
                        .flatMap(suffix -> objects("*." + suffix + ".json").stream())
                        .toList())
                .build());
        key.ifPresent(key -> statements.add(PolicyStatement.Builder.create()
                .sid("EncryptReport")
                .actions(List.of("kms:GenerateDataKey"))
                .resources(List.of(key.getKeyArn()))
                .conditions(DumpJobs.onlyThroughS3(this, props))
                .build()));
        return statements;
    }

    private Bucket bucket(AutoDumpProps props, IKey encryptionKey) {
        Bucket.Builder bucket = Bucket.Builder.create(this, "Dumps")
                .encryption(BucketEncryption.KMS)
                .encryptionKey(encryptionKey)
                .bucketKeyEnabled(true)
                .enforceSsl(true)
                .minimumTlsVersion(1.2)
                .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
                .serverAccessLogsBucket(accessLogs())
                .serverAccessLogsPrefix("dumps/")
                .lifecycleRules(lifecycle(props))
                .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
        boolean locked = props.objectLock().isPresent();
        if (props.versioned() || locked) {
            bucket.versioned(true);
        }
        if (locked) {
            bucket.objectLockEnabled(true)
                    .objectLockDefaultRetention(props.objectLock().orElseThrow());
        }
        return bucket.build();
    }

    private static List<LifecycleRule> lifecycle(AutoDumpProps props) {
        List<LifecycleRule> rules = new ArrayList<>();
        rules.add(LifecycleRule.builder()
                .id("AbortIncompleteUploads")
                .abortIncompleteMultipartUploadAfter(abandonedAfter(props))
                .build());
        if (props.versioned() || props.objectLock().isPresent()) {
            rules.add(LifecycleRule.builder()
                    .id("RemoveOldVersions")
                    .noncurrentVersionExpiration(OLD_VERSIONS_KEPT)
                    .expiredObjectDeleteMarker(true)
                    .build());
        }
        props.expireAfter()
                .ifPresent(age -> rules.add(LifecycleRule.builder()
                        .id("ExpireDumps")
                        .expiration(Duration.days(age.toDays()))
                        .build()));
        return rules;
    }

    private static Duration abandonedAfter(AutoDumpProps props) {
        return Duration.days(props.jobTimeout().plus(LEAST_AGE).toDays());
    }

    private Bucket accessLogs() {
        Bucket logs = Bucket.Builder.create(this, "AccessLogs")
                // S3 delivers its access logs into buckets with SSE-S3 only.
                .encryption(BucketEncryption.S3_MANAGED)
                .enforceSsl(true)
                .minimumTlsVersion(1.2)
                .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
                .lifecycleRules(List.of(LifecycleRule.builder()
                        .id("ExpireAccessLogs")
                        .expiration(ACCESS_LOGS_KEPT)
                        .abortIncompleteMultipartUploadAfter(Duration.days(LEAST_AGE.toDays()))
                        .build()))
                .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
                .build();
        return logs;
    }
}
