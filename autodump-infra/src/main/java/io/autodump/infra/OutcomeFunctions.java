package io.autodump.infra;

import io.autodump.core.contract.LambdaNames;
import io.autodump.infra.access.Access;
import io.autodump.infra.access.NagReasons;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Function;
import software.constructs.Construct;

/**
 * The functions that the state machine calls after a run. Each has its own role, because the role of the jobs may
 * delete nothing, and the role that deletes may write nothing.
 */
final class OutcomeFunctions extends Construct {
    private static final Duration LONGEST = Duration.minutes(15);
    private static final Duration SHORT = Duration.minutes(1);

    private final AutoDumpProps props;
    private final DumpStorage storage;
    private final Function record;
    private final Function prune;
    private final Alias recordAlias;
    private final Alias pruneAlias;

    OutcomeFunctions(Construct scope, AutoDumpProps props, DumpStorage storage) {
        super(scope, "OutcomeFunctions");
        this.props = props;
        this.storage = storage;
        record = makeRecord();
        prune = makePrune();
        recordAlias = LambdaFunctions.alias(record);
        pruneAlias = LambdaFunctions.alias(prune);
    }

    Function record() {
        return record;
    }

    Function prune() {
        return prune;
    }

    Alias recordAlias() {
        return recordAlias;
    }

    Alias pruneAlias() {
        return pruneAlias;
    }

    private Function makeRecord() {
        Map<String, String> environment = environment(storage.buckets().get(0).getBucketName());
        storage.key().ifPresent(key -> environment.put(LambdaNames.KMS_KEY_ARN, key.getKeyArn()));
        Role role = LambdaFunctions.role(this, "Record", "AutoDump: records a run whose job left no record");
        mayRecord().forEach(role::addToPrincipalPolicy);
        Function made = LambdaFunctions.function(this, props, "Record", role, LambdaNames.RECORD_HANDLER)
                .environment(environment)
                .description("AutoDump: records a run whose job never started or was killed")
                .memorySize(1024)
                .timeout(SHORT)
                .build();
        NagReasons.reasons()
                .wildcardMatching(
                        "^Resource::.*\\/\\*\\.failed\\.json$",
                        "the key of a record contains the name of its secret and the time; only records end so")
                .on(LambdaFunctions.policy(role));
        return made;
    }

    private Function makePrune() {
        Map<String, String> environment = environment(storage.names());
        environment.put(LambdaNames.FRESHNESS_MARGIN, props.freshnessMargin().toString());
        props.sourceRoleArn().ifPresent(role -> environment.put(LambdaNames.SOURCE_ROLE_ARN, role));
        Role role = LambdaFunctions.role(this, "Prune", "AutoDump: deletes the dumps that retention doesn't keep");
        Access.assume(props.sourceRoleArn()).forEach(role::addToPrincipalPolicy);
        Access.secretsByTag(this).forEach(role::addToPrincipalPolicy);
        mayPrune().forEach(role::addToPrincipalPolicy);
        Function made = LambdaFunctions.function(this, props, "Prune", role, LambdaNames.PRUNE_HANDLER)
                .environment(environment)
                .description("AutoDump: deletes the dumps of one secret that its retention doesn't keep")
                .memorySize(1024)
                .timeout(LONGEST)
                .build();
        Access.secretsByTag(NagReasons.reasons())
                .wildcardMatching(
                        "^Resource::.*\\/\\*(\\.manifest\\.json)?$",
                        "the key of a dump contains the name of its secret and the time; the buckets are named")
                .on(LambdaFunctions.policy(role));
        return made;
    }

    /** Allows to write records of failed runs. Doesn't allow to read, to list, or to write a dump or a manifest. */
    private List<PolicyStatement> mayRecord() {
        List<PolicyStatement> statements = new ArrayList<>(Access.assume(props.targetRoleArn()));
        statements.add(PolicyStatement.Builder.create()
                .sid("WriteRecords")
                .actions(List.of("s3:PutObject"))
                .resources(List.of(storage.buckets().get(0).arnForObjects("*.failed.json")))
                .build());
        storage.key()
                .ifPresent(key -> statements.add(PolicyStatement.Builder.create()
                        .sid("EncryptRecordsThroughS3")
                        .actions(List.of("kms:GenerateDataKey"))
                        .resources(List.of(key.getKeyArn()))
                        .conditions(DumpJobs.onlyThroughS3(this, props))
                        .build()));
        return statements;
    }

    /**
     * Allows to list, to read manifests, and to delete. Not to read or to write a dump, nor to delete a version: in a
     * bucket with versioning, a deleted dump can be restored.
     */
    private List<PolicyStatement> mayPrune() {
        List<PolicyStatement> statements = new ArrayList<>(Access.assume(props.targetRoleArn()));
        statements.addAll(storage.readsManifests(props));
        statements.add(PolicyStatement.Builder.create()
                .sid("DeleteDumps")
                .actions(List.of("s3:DeleteObject"))
                // "/*": the keys contain names of secrets and times.
                .resources(storage.objects("*"))
                .build());
        return statements;
    }

    private Map<String, String> environment(String buckets) {
        Map<String, String> environment = storage.settings(props, buckets);
        props.deployment().ifPresent(name -> environment.put(LambdaNames.DEPLOYMENT, name));
        return environment;
    }
}
