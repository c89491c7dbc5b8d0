package io.autodump.infra;

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

/** What a job may do: the only actor that reads what a secret holds, and the only one that writes dumps. */
final class JobRole {
    private JobRole() {}

    static Role of(Construct scope, AutoDumpProps props, DumpStorage storage) {
        Role role = Role.Builder.create(scope, "JobRole")
                .assumedBy(tasks())
                .description("AutoDump: dumps one database into its bucket")
                .build();
        Stream.of(
                        secrets(scope, props),
                        writes(scope, storage),
                        Access.assume(props.sourceRoleArn()),
                        Access.assume(props.targetRoleArn()),
                        databaseUsers(props),
                        List.of(events(scope, props)))
                .flatMap(List::stream)
                .forEach(role::addToPrincipalPolicy);
        reasons().on(role.getNode().findChild("DefaultPolicy"));
        return role;
    }

    /** Only for tasks of this account: another's can't borrow the role by way of the service. */
    private static PrincipalWithConditions tasks() {
        return new PrincipalWithConditions(
                new ServicePrincipal("ecs-tasks.amazonaws.com"),
                Map.of("StringEquals", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID)));
    }

    private static List<PolicyStatement> secrets(Construct scope, AutoDumpProps props) {
        List<PolicyStatement> statements = new ArrayList<>();
        statements.add(PolicyStatement.Builder.create()
                .sid("ReadTaggedSecrets")
                .actions(List.of("secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"))
                // "secret:*" of this account and region: tags, not names, say which are AutoDump's.
                .resources(List.of(Access.anySecret(scope)))
                .conditions(Access.isTagged())
                .build());
        props.scratchSecretArn()
                .ifPresent(arn -> statements.add(PolicyStatement.Builder.create()
                        .sid("ReadScratchSecret")
                        .actions(List.of("secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"))
                        .resources(List.of(arn))
                        .build()));
        statements.add(PolicyStatement.Builder.create()
                .sid("DecryptSecretsThroughSecretsManager")
                .actions(List.of("kms:Decrypt"))
                // "key/*" of this account and region: each team encrypts its secrets with a key of its own. Nothing can
                // be
                // decrypted with this but a secret which Secrets Manager hands out, and for that see the statement
                // above.
                .resources(List.of(Access.arn(scope, "kms", "key", "*", ArnFormat.SLASH_RESOURCE_NAME)))
                .conditions(DumpJobs.onlyThrough(scope, "secretsmanager"))
                .build());
        return statements;
    }

    /**
     * No deletion. GetObject is needed because HeadObject, with which size and checksum are compared after a commit, is
     * covered by it, and for a second attempt at the same run; it reaches no further than the allowed buckets.
     */
    private static List<PolicyStatement> writes(Construct scope, DumpStorage storage) {
        List<PolicyStatement> statements = new ArrayList<>();
        statements.add(PolicyStatement.Builder.create()
                .sid("WriteDumps")
                .actions(List.of(
                        "s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts", "s3:GetObject"))
                // "/*": the keys hold secrets' names and times.
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
                        // S3 decrypts its own data key when a multipart upload is completed, so that GenerateDataKey
                        // isn't enough.
                        .actions(List.of("kms:GenerateDataKey", "kms:Decrypt"))
                        .resources(List.of(key))
                        .conditions(DumpJobs.onlyThrough(scope, "s3"))
                        .build()));
        return statements;
    }

    private static List<PolicyStatement> databaseUsers(AutoDumpProps props) {
        if (props.iamDatabaseUsers().isEmpty()) {
            return List.of();
        }
        return List.of(PolicyStatement.Builder.create()
                .sid("LogInWithIam")
                .actions(List.of("rds-db:connect"))
                .resources(props.iamDatabaseUsers())
                .build());
    }

    private static PolicyStatement events(Construct scope, AutoDumpProps props) {
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

    private static NagReasons reasons() {
        return NagReasons.reasons()
                .wildcardMatching("^Resource::arn:.*:secretsmanager:.*:secret:\\*$", Access.ANY_TAGGED_SECRET)
                .wildcardMatching(
                        "^Resource::arn:.*:kms:.*:key\\/\\*$",
                        "the keys of the secrets are the teams' own; the condition allows decryption only by way of Secrets"
                                + " Manager")
                .wildcardMatching(
                        "^Resource::.*\\/\\*$", "a dump's key holds its secret's name and time; the buckets are named");
    }
}
