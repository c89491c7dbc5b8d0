package io.autodump.infra;

import io.autodump.infra.access.Access;
import io.autodump.infra.access.NagReasons;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.events.IEventBus;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.PrincipalWithConditions;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.s3.IBucket;
import software.constructs.Construct;

/** The role of a dump's job. Only this role may write dumps, and read the values of the secrets that are dumped. */
public final class JobRole {
    private JobRole() {}

    static Role of(Construct scope, AutoDumpProps props, DumpStorage storage) {
        Role role = Role.Builder.create(scope, "JobRole")
                .assumedBy(tasks())
                .description("AutoDump: dumps one database into its bucket")
                .build();
        Stream.of(
                        secrets(scope, props),
                        writes(scope, props, storage),
                        databases(scope),
                        Access.assume(props.sourceRoleArn()),
                        Access.assume(props.targetRoleArn()),
                        databaseUsers(props),
                        List.of(events(scope, props)))
                .flatMap(List::stream)
                .forEach(role::addToPrincipalPolicy);
        reasons().on(role.getNode().findChild("DefaultPolicy"));
        return role;
    }

    /** Only tasks of this account may assume the role through the service. */
    static PrincipalWithConditions tasks() {
        return new PrincipalWithConditions(
                new ServicePrincipal("ecs-tasks.amazonaws.com"),
                Map.of("StringEquals", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID)));
    }

    private static List<PolicyStatement> secrets(Construct scope, AutoDumpProps props) {
        List<PolicyStatement> statements = new ArrayList<>();
        statements.add(PolicyStatement.Builder.create()
                .sid("ReadTaggedSecrets")
                .actions(List.of("secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"))
                // "secret:*" of this account and region, because tags and not names mark the secrets.
                .resources(List.of(Access.anySecret(scope)))
                .conditions(Access.isOwn(props.deployment()))
                .build());
        statements.addAll(scratchSecret(props));
        statements.add(PolicyStatement.Builder.create()
                .sid("DecryptSecretsThroughSecretsManager")
                .actions(List.of("kms:Decrypt"))
                // "key/*" of this account and region, because each team has its own key for its secrets. The condition
                // allows only the decryption of a secret that Secrets Manager returns; see the statement above.
                .resources(List.of(Access.arn(scope, "kms", "key", "*", ArnFormat.SLASH_RESOURCE_NAME)))
                .conditions(DumpJobs.onlyThrough(scope, "secretsmanager"))
                .build());
        return statements;
    }

    static List<PolicyStatement> scratchSecret(AutoDumpProps props) {
        return props
                .scratchSecretArn()
                .map(arn -> PolicyStatement.Builder.create()
                        .sid("ReadScratchSecret")
                        .actions(List.of("secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"))
                        .resources(List.of(arn))
                        .build())
                .stream()
                .toList();
    }

    /**
     * Doesn't allow to delete. HeadObject, which compares size and checksum after a commit, needs GetObject. So does a
     * second attempt at the same run. Only the allowed buckets are accessible.
     */
    private static List<PolicyStatement> writes(Construct scope, AutoDumpProps props, DumpStorage storage) {
        List<PolicyStatement> statements = new ArrayList<>();
        statements.add(PolicyStatement.Builder.create()
                .sid("WriteDumps")
                .actions(List.of(
                        "s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts", "s3:GetObject"))
                // "/*": the keys contain names of secrets and times.
                .resources(storage.buckets().stream()
                        .map(bucket -> bucket.arnForObjects("*"))
                        .toList())
                .build());
        statements.add(PolicyStatement.Builder.create()
                .sid("ListDumps")
                .actions(List.of("s3:ListBucket", "s3:ListBucketMultipartUploads"))
                .resources(storage.buckets().stream().map(IBucket::getBucketArn).toList())
                .build());
        storage.key()
                .map(IKey::getKeyArn)
                .ifPresent(key -> statements.add(PolicyStatement.Builder.create()
                        .sid("EncryptDumpsThroughS3")
                        // GenerateDataKey isn't enough: S3 decrypts its own data key to complete a multipart upload.
                        .actions(List.of("kms:GenerateDataKey", "kms:Decrypt"))
                        .resources(List.of(key))
                        .conditions(DumpJobs.onlyThroughS3(scope, props))
                        .build()));
        return statements;
    }

    /** Finds the server of a secret that RDS manages, by the ARN in its tags. Returns no data of a database. */
    static List<PolicyStatement> databases(Construct scope) {
        return List.of(
                describe(scope, "DescribeInstances", "rds:DescribeDBInstances", "db"),
                describe(scope, "DescribeClusters", "rds:DescribeDBClusters", "cluster"));
    }

    private static PolicyStatement describe(Construct scope, String sid, String action, String type) {
        return PolicyStatement.Builder.create()
                .sid(sid)
                .actions(List.of(action))
                // "*" of this account and region: the secrets' tags name the servers.
                .resources(List.of(Access.arn(scope, "rds", type, "*", ArnFormat.COLON_RESOURCE_NAME)))
                .build();
    }

    static List<PolicyStatement> databaseUsers(AutoDumpProps props) {
        if (props.iamDatabaseUsers().isEmpty()) {
            return List.of();
        }
        return List.of(PolicyStatement.Builder.create()
                .sid("LogInWithIam")
                .actions(List.of("rds-db:connect"))
                .resources(props.iamDatabaseUsers())
                .build());
    }

    static PolicyStatement events(Construct scope, AutoDumpProps props) {
        return PolicyStatement.Builder.create()
                .sid("TellOutcomes")
                .actions(List.of("events:PutEvents"))
                .resources(List.of(busArn(scope, props)))
                .build();
    }

    static String busArn(Construct scope, AutoDumpProps props) {
        return props.eventBus()
                .map(IEventBus::getEventBusArn)
                .orElseGet(() -> Access.arn(scope, "events", "event-bus", "default", ArnFormat.SLASH_RESOURCE_NAME));
    }

    static NagReasons reasons() {
        return NagReasons.reasons()
                .wildcardMatching("^Resource::arn:.*:secretsmanager:.*:secret:\\*$", Access.ANY_TAGGED_SECRET)
                .wildcardMatching(
                        "^Resource::arn:.*:kms:.*:key\\/\\*$",
                        "each team has its own key for its secrets; the condition allows decryption only through"
                                + " Secrets Manager")
                .wildcardMatching(
                        "^Resource::arn:.*:rds:.*:(db|cluster):\\*$",
                        "the tags of the secrets name the servers; the actions only describe them")
                .wildcardMatching(
                        "^Resource::.*\\/\\*$",
                        "the key of a dump contains the name of its secret and the time; the buckets are named");
    }
}
