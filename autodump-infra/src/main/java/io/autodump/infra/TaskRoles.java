package io.autodump.infra;

import io.autodump.core.contract.TagNames;
import io.autodump.infra.access.Access;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.s3.IBucket;
import software.constructs.Construct;

/**
 * The roles of the jobs that aren't dumps. The role of a restore may read dumps and write nothing; the secrets that it
 * may read are tagged as targets. The role of a drill may read no secret but that of the scratch server.
 */
final class TaskRoles {
    private static final String IS_TARGET = "secretsmanager:ResourceTag/" + TagNames.RESTORE_TARGET;

    private TaskRoles() {}

    static Role restore(Construct scope, AutoDumpProps props, DumpStorage storage) {
        return role(
                scope,
                "AutoDump: restores one dump into the database of a secret that is tagged as a target",
                Stream.of(
                        List.of(targets(scope, props), decryptsSecrets(scope)),
                        readsDumps(storage),
                        decryptsDumps(scope, props, storage, List.of("kms:Decrypt")),
                        JobRole.databases(scope),
                        JobRole.databaseUsers(props),
                        Access.assume(props.sourceRoleArn()),
                        Access.assume(props.targetRoleArn())));
    }

    static Role drill(Construct scope, AutoDumpProps props, DumpStorage storage) {
        return role(
                scope,
                "AutoDump: proves a dump by restoring it on a scratch server, and writes the proof beside it",
                Stream.of(
                        List.of(describesTagged(scope, props)),
                        JobRole.scratchSecret(props),
                        props.scratchSecretArn().isPresent() ? List.of(decryptsSecrets(scope)) : List.of(),
                        props.scratchSecretArn().isPresent() ? JobRole.databases(scope) : List.of(),
                        readsDumps(storage),
                        writesProofs(storage),
                        decryptsDumps(scope, props, storage, List.of("kms:GenerateDataKey", "kms:Decrypt")),
                        Access.assume(props.sourceRoleArn()),
                        Access.assume(props.targetRoleArn()),
                        List.of(JobRole.events(scope, props))));
    }

    private static Role role(Construct scope, String description, Stream<List<PolicyStatement>> statements) {
        Role role = Role.Builder.create(scope, "TaskRole")
                .assumedBy(JobRole.tasks())
                .description(description)
                .build();
        statements.flatMap(List::stream).forEach(role::addToPrincipalPolicy);
        JobRole.reasons()
                .wildcardMatching(
                        "^Resource::.*\\/\\*\\.(un)?proven\\.json$",
                        "the key of a proof contains the name of its secret and the time; only proofs end so")
                .on(role.getNode().findChild("DefaultPolicy"));
        return role;
    }

    /** Not the secrets that are only dumped: a restore overwrites what its target holds. */
    private static PolicyStatement targets(Construct scope, AutoDumpProps props) {
        Map<String, String> equals = new TreeMap<>(Map.of(IS_TARGET, "true"));
        props.deployment().ifPresent(name -> equals.put(Access.OF_DEPLOYMENT, name));
        Map<String, Object> conditions = new TreeMap<>(Map.of("StringEquals", equals));
        if (props.deployment().isEmpty()) {
            conditions.put("Null", Map.of(Access.OF_DEPLOYMENT, "true"));
        }
        return PolicyStatement.Builder.create()
                .sid("ReadTargetSecrets")
                .actions(List.of("secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"))
                // "secret:*" of this account and region, because tags and not names mark the secrets.
                .resources(List.of(Access.anySecret(scope)))
                .conditions(conditions)
                .build();
    }

    private static PolicyStatement describesTagged(Construct scope, AutoDumpProps props) {
        return PolicyStatement.Builder.create()
                .sid("DescribeTaggedSecrets")
                .actions(List.of("secretsmanager:DescribeSecret"))
                // "secret:*" of this account and region, because tags and not names mark the secrets.
                .resources(List.of(Access.anySecret(scope)))
                .conditions(Access.isOwn(props.deployment()))
                .build();
    }

    private static PolicyStatement decryptsSecrets(Construct scope) {
        return PolicyStatement.Builder.create()
                .sid("DecryptSecretsThroughSecretsManager")
                .actions(List.of("kms:Decrypt"))
                // "key/*" of this account and region, because each team has its own key for its secrets.
                .resources(List.of(Access.arn(scope, "kms", "key", "*", ArnFormat.SLASH_RESOURCE_NAME)))
                .conditions(DumpJobs.onlyThrough(scope, "secretsmanager"))
                .build();
    }

    private static List<PolicyStatement> readsDumps(DumpStorage storage) {
        return List.of(
                PolicyStatement.Builder.create()
                        .sid("ReadDumps")
                        .actions(List.of("s3:GetObject"))
                        // "/*": the keys contain names of secrets and times.
                        .resources(storage.objects("*"))
                        .build(),
                PolicyStatement.Builder.create()
                        .sid("ListDumps")
                        .actions(List.of("s3:ListBucket"))
                        .resources(storage.buckets().stream()
                                .map(IBucket::getBucketArn)
                                .toList())
                        .build());
    }

    /** A drill that proves a dump removes the record of an earlier one that failed. */
    private static List<PolicyStatement> writesProofs(DumpStorage storage) {
        return List.of(
                PolicyStatement.Builder.create()
                        .sid("WriteProofs")
                        .actions(List.of("s3:PutObject"))
                        .resources(Stream.of("*.proven.json", "*.unproven.json")
                                .flatMap(pattern -> storage.objects(pattern).stream())
                                .toList())
                        .build(),
                PolicyStatement.Builder.create()
                        .sid("RemoveFailedProofs")
                        .actions(List.of("s3:DeleteObject"))
                        .resources(storage.objects("*.unproven.json"))
                        .build());
    }

    private static List<PolicyStatement> decryptsDumps(
            Construct scope, AutoDumpProps props, DumpStorage storage, List<String> actions) {
        Optional<IKey> key = storage.key();
        return key
                .map(IKey::getKeyArn)
                .map(arn -> PolicyStatement.Builder.create()
                        .sid("UseKeyOfDumpsThroughS3")
                        .actions(actions)
                        .resources(List.of(arn))
                        .conditions(DumpJobs.onlyThroughS3(scope, props))
                        .build())
                .stream()
                .toList();
    }
}
