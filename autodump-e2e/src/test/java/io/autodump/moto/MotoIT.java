package io.autodump.moto;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.autodump.aws.s3.S3DumpStore;
import io.autodump.aws.secretsmanager.SecretsManagerCatalog;
import io.autodump.aws.stepfunctions.DeployedRun;
import io.autodump.aws.stepfunctions.DeployedRuns;
import io.autodump.aws.stepfunctions.DeployedTask;
import io.autodump.core.AutoDump;
import io.autodump.core.Monitoring;
import io.autodump.core.contract.LambdaNames;
import io.autodump.core.contract.TagNames;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.plan.TagsHash;
import io.autodump.core.record.FailedRun;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.moto.MotoHook.JobEnd;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import software.amazon.awssdk.services.secretsmanager.model.Tag;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** The stack, created by moto's CloudFormation, and its runs in moto's interpreter of state machines. */
@EnabledIfSystemProperty(named = "autodump.test.moto", matches = "true", disabledReason = "make test-moto runs it")
class MotoIT {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Map<String, String> YEARLY = Map.of(TagNames.START_SCHEDULE, "0 3 1 1 -");
    private static final Instant DUE = Instant.parse("2026-11-22T08:00:00Z");
    private static final Duration LONGEST = Duration.ofMinutes(3);

    /** All others of the template are created: functions, roles, rules, the queue of jobs, the state machine. */
    private static final List<String> UNKNOWN_TO_MOTO = List.of(
            "AWS::Lambda::EventInvokeConfig",
            "AWS::S3::BucketPolicy",
            "AWS::SNS::Subscription",
            "AWS::SNS::TopicPolicy",
            "AWS::SQS::QueuePolicy");

    private static MotoAccount account;
    private static DeployedRuns runs;

    @BeforeAll
    static void start() throws IOException {
        Optional<String> missing = MotoAccount.missing();
        Assumptions.assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
        account = MotoAccount.start();
        runs = DeployedRuns.create(account.clients(), DeployedTask.DUMP, Optional.of(account.output("StateMachine")));
    }

    @AfterAll
    static void stop() throws IOException {
        if (account != null) {
            account.close();
        }
    }

    @Test
    void cloudFormationCreatesTheStack() {
        assertThat(account.status()).isEqualTo("CREATE_COMPLETE");
        assertThat(account.lacking()).containsExactlyElementsOf(UNKNOWN_TO_MOTO);
        assertThat(account.hook().answers()).as("the custom resource").contains("SUCCESS");
        assertThat(account.output("Bucket")).isNotEmpty();
        assertThat(runs.stateMachineArn()).contains(":stateMachine:");
    }

    @Test
    void findsTheStateMachineByItsName() {
        assertThat(DeployedRuns.create(account.clients(), DeployedTask.DUMP, Optional.empty())
                        .stateMachineArn())
                .isEqualTo(runs.stateMachineArn());
    }

    @Test
    void theScannerStartsTheNextRunOfEachTaggedSecretOnce() throws IOException {
        TaggedSecret secret = secret("scanned", YEARLY);

        JsonNode first = scan(secret);
        JsonNode second = scan(secret);

        assertThat(first.path("status").asText()).isEqualTo("scheduled");
        assertThat(second.path("status").asText()).isEqualTo("already-scheduled");
        assertThat(waiting("scanned")).hasSize(1);
    }

    @Test
    void aRunThatIsDueDumpsAndStartsTheNextOne() {
        TaggedSecret secret = secret("orders", YEARLY);

        DeployedRun run = run(secret, YEARLY);

        assertThat(run.succeeded()).as(run.toString()).isTrue();
        JsonNode output = json(run.output().orElseThrow());
        assertThat(output.path("outcome").asText()).isEqualTo("dumped");
        assertThat(output.path("note").asText()).isEqualTo("The next run is scheduled.");
        assertThat(output.path("retention").asText()).isEqualTo("Retention deleted 0 objects.");
        assertThat(waiting("orders")).hasSize(1);
        JsonNode job = account.hook().jobs(secret.id().value()).get(0);
        assertThat(job.path("environment").path("SCHEDULED_AT").asText()).isEqualTo(DUE.toString());
        assertThat(job.path("environment").path("AUTODUMP_BUCKETS").asText()).isEqualTo(account.output("Bucket"));
        assertThat(job.path("overrides").path("resourceRequirements").toString())
                .contains("{\"type\":\"VCPU\",\"value\":\"1\"}", "{\"type\":\"MEMORY\",\"value\":\"2048\"}");
    }

    @Test
    void aRunWhoseTagsHaveChangedIsSuperseded() {
        TaggedSecret secret = secret("changed", YEARLY);

        DeployedRun run = run(secret, Map.of(TagNames.START_SCHEDULE, "0 4 1 1 -"));

        assertThat(run.succeeded()).as(run.toString()).isTrue();
        assertThat(run.output().orElse("")).contains("superseded", "the tags have changed");
        assertThat(account.hook().jobs(secret.id().value())).isEmpty();
    }

    @Test
    void aJobThatFailsIsTriedAgainTwiceAndThenToldAndRecorded() {
        TaggedSecret secret = secret("failing", YEARLY);
        for (int i = 0; i < 3; i++) {
            account.hook().endNextJob(secret.id().value(), JobEnd.exit(4));
        }

        DeployedRun run = run(secret, YEARLY);

        assertThat(run.succeeded()).isFalse();
        assertThat(run.cause().orElse("")).contains("exit status 4 in attempt 3 of 3", "Its log stream is");
        assertThat(account.hook().jobs(secret.id().value())).hasSize(3);
        assertThat(account.hook().notices(secret.id().value()))
                .singleElement()
                .asString()
                .contains("exit status 4");
        FailedRun record = record("failing");
        assertThat(record.message()).contains("exit status 4");
        assertThat(record.attempts()).isEqualTo(3);
        assertThat(record.place().logStream()).isPresent();
    }

    @Test
    void aJobMayFailOnceWithoutANotice() {
        TaggedSecret secret = secret("flaky", YEARLY);
        account.hook().endNextJob(secret.id().value(), JobEnd.exit(4));

        assertThat(run(secret, YEARLY).succeeded()).isTrue();

        assertThat(account.hook().jobs(secret.id().value())).hasSize(2);
        assertThat(account.hook().notices(secret.id().value())).isEmpty();
    }

    @Test
    void theNoticeHasTheReportInTheLogOfAJobThatOnlyItsOwnerCanMend() {
        TaggedSecret secret = secret("mistyped", YEARLY);
        String line = "{\"report\":\"AD-1002 secret mistyped: a secret's value can't be used\"}";
        account.hook()
                .endNextJob(
                        secret.id().value(), new JobEnd(2, "Essential container in task exited", null, List.of(line)));

        DeployedRun run = run(secret, YEARLY);

        assertThat(run.cause().orElse("")).contains("AD-1002 secret mistyped", "exit status 2");
        assertThat(account.hook().jobs(secret.id().value())).hasSize(1);
    }

    @Test
    void aJobWithoutEnoughMemoryIsNotTriedAgain() {
        TaggedSecret secret = secret("large", YEARLY);
        String reason = "OutOfMemoryError: Container killed due to memory usage";
        account.hook()
                .endNextJob(
                        secret.id().value(), new JobEnd(137, "Essential container in task exited", reason, List.of()));

        DeployedRun run = run(secret, YEARLY);

        assertThat(run.cause().orElse("")).contains("exit status 137", reason);
        assertThat(account.hook().jobs(secret.id().value())).hasSize(1);
    }

    @Test
    void aJobThatNeverRanIsRecorded() {
        TaggedSecret secret = secret("no-image", YEARLY);
        for (int i = 0; i < 3; i++) {
            account.hook()
                    .endNextJob(
                            secret.id().value(),
                            new JobEnd(null, "CannotPullContainerError: not found", null, List.of()));
        }

        DeployedRun run = run(secret, YEARLY);

        assertThat(run.cause().orElse("")).contains("the job did not run: CannotPullContainerError");
        assertThat(record("no-image").message()).contains("CannotPullContainerError");
    }

    @Test
    void aRunWhoseTagsCannotBeCheckedIsTold() {
        TaggedSecret secret = secret("unchecked", YEARLY);
        account.hook().breakFunction(LambdaNames.HASH_HANDLER, secret.id().value());

        DeployedRun run = run(secret, YEARLY);

        assertThat(run.succeeded()).isFalse();
        assertThat(run.cause().orElse("")).contains("could not be checked", "out of order");
        assertThat(account.hook().jobs(secret.id().value())).isEmpty();
    }

    @Test
    void aDumpWithoutANextRunIsToldApart() {
        TaggedSecret secret = secret("last", YEARLY);
        account.hook().breakFunction(LambdaNames.RESCHEDULE_HANDLER, secret.id().value());

        DeployedRun run = run(secret, YEARLY);

        assertThat(run.cause().orElse("")).contains("was made. The next run was not started");
    }

    @Test
    void aDumpWhoseRetentionFailedIsADump() {
        TaggedSecret secret = secret("unpruned", YEARLY);
        account.hook().breakFunction(LambdaNames.PRUNE_HANDLER, secret.id().value());

        DeployedRun run = run(secret, YEARLY);

        assertThat(run.succeeded()).as(run.toString()).isTrue();
        assertThat(run.output().orElse("")).contains("out of order");
    }

    @Test
    void theFreshnessCheckReadsTheBucketAndTheSecrets() throws IOException {
        secret("watched", YEARLY);

        JsonNode answer = json(account.call("FunctionsFreshness", "{}"));

        assertThat(answer.path("secrets").toString()).contains("watched", "not-due");
    }

    /** What CloudFormation asks for before it deletes the state machine. Other tests' runs may end with these. */
    @Test
    void allWaitingRunsOfAnotherStateMachineEndBeforeItIsDeleted() throws IOException {
        SfnClient machines = account.clients().client(SfnClient.class, SfnClient::builder);
        String definition = machines.describeStateMachine(request -> request.stateMachineArn(runs.stateMachineArn()))
                .definition();
        String other = machines.createStateMachine(request ->
                        request.name("drained").definition(definition).roleArn("arn:aws:iam::123456789012:role/any"))
                .stateMachineArn();
        machines.startExecution(request -> request.stateMachineArn(other)
                .input("{\"resourceId\":\"any\",\"tagsHash\":\"any\",\"when\":\""
                        + Instant.now().plus(Duration.ofDays(1)) + "\"}"));
        JsonNode event = MAPPER.createObjectNode()
                .put("RequestType", "Delete")
                .put("ResponseURL", "for the test to replace")
                .set("ResourceProperties", MAPPER.createObjectNode().put("StateMachineArn", other));

        account.call("FunctionsDrain", event.toString());

        assertThat(machines.listExecutions(request -> request.stateMachineArn(other))
                        .executions())
                .extracting(ExecutionListItem::status)
                .containsExactly(ExecutionStatus.ABORTED);
    }

    private static TaggedSecret secret(String name, Map<String, String> tags) {
        String arn = account.clients()
                .secretsManager()
                .createSecret(request -> request.name(name)
                        .secretString("{}")
                        .tags(tags.entrySet().stream()
                                .map(tag -> Tag.builder()
                                        .key(tag.getKey())
                                        .value(tag.getValue())
                                        .build())
                                .toList()))
                .arn();
        return new SecretsManagerCatalog(account.clients().secretsManager())
                .find(SecretId.of(arn))
                .orElseThrow();
    }

    private static JsonNode scan(TaggedSecret secret) throws IOException {
        String event =
                MAPPER.createObjectNode().put("SecretArn", secret.id().value()).toString();
        return json(account.call("FunctionsScanner", event)).path("secrets").path(0);
    }

    /** Runs to its end; was scheduled by these tags. */
    private static DeployedRun run(TaggedSecret secret, Map<String, String> tags) {
        String execution = runs.start(ScheduledRun.builder()
                .secretId(secret.id())
                .secretName(secret.name())
                .when(DUE)
                .tagsHash(TagsHash.of(SecretTags.read(tags)))
                .build());
        Instant limit = Instant.now().plus(LONGEST);
        DeployedRun run = runs.look(execution);
        while (run.running() && Instant.now().isBefore(limit)) {
            run = runs.look(execution);
        }
        return run;
    }

    private static List<ExecutionListItem> waiting(String name) {
        SfnClient machines = account.clients().client(SfnClient.class, SfnClient::builder);
        try (Stream<ExecutionListItem> running = machines
                .listExecutions(request ->
                        request.stateMachineArn(runs.stateMachineArn()).statusFilter(ExecutionStatus.RUNNING))
                .executions()
                .stream()) {
            return running.filter(execution -> execution.name().startsWith(name + "-"))
                    .toList();
        }
    }

    private static FailedRun record(String name) {
        AutoDump store = AutoDump.builder()
                .dumpStore(S3DumpStore.builder(account.clients().s3(), account.output("Bucket"))
                        .build())
                .build();
        return Monitoring.of(store).history(name, 10).get(0).failure().orElseThrow();
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException notJson) {
            throw new AssertionError(text, notJson);
        }
    }
}
