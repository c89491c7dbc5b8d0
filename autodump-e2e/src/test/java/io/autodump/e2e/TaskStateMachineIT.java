package io.autodump.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.aws.AwsClients;
import io.autodump.aws.s3.S3DumpStore;
import io.autodump.core.AutoDump;
import io.autodump.core.Monitoring;
import io.autodump.core.contract.DumperNames;
import io.autodump.core.contract.TagNames;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.database.TlsMode;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.plan.RestoreRequest;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.plan.TagsHash;
import io.autodump.core.secret.SecretId;
import io.autodump.core.wire.ExecutionInputJson;
import io.autodump.core.wire.RestoreRequestJson;
import io.autodump.e2e.LocalBatch.Attempt;
import io.autodump.postgres.PostgresEngine;
import io.autodump.testkit.aws.FakeAws;
import io.autodump.testkit.aws.FakeSecrets;
import io.autodump.testkit.aws.S3Server;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The state machines of restores and of drills in their interpreter, with the real container. */
class TaskStateMachineIT {
    private static final Instant WHEN = Instant.parse("2026-11-26T19:00:00Z");
    private static final Map<String, String> TAGS =
            Map.of(TagNames.START_SCHEDULE, "0 8 - - -", TagNames.DRILL, "0 5 - - 0");

    private final DeployedTemplate template = DeployedTemplate.get();
    private final FakeAws aws = FakeAws.start();
    private final String bucket = S3Server.newBucket();
    private final AwsClients clients = AwsClients.builder()
            .region(FakeAws.REGION)
            .credentials(S3Server.ACCESS_KEY_ID, S3Server.SECRET_ACCESS_KEY)
            .s3Endpoint(S3Server.endpoint())
            .s3PathStyle(true)
            .build();
    private final AutoDump autoDump = AutoDump.builder()
            .dumpStore(S3DumpStore.builder(clients.s3(), bucket).build())
            .engine(PostgresEngine.create())
            .build();
    private final LocalTopic topic = new LocalTopic();
    private final LocalLogs logs = new LocalLogs();

    @AfterEach
    void stop() {
        TestDatabases.drop("staging");
        clients.close();
        aws.close();
    }

    @Test
    void restoresIntoTheDatabaseOfAnotherSecret() {
        DumpKey dump = dump();
        String target = target();

        JsonNode result = run("AutoDumpRestores", RestoreRequestJson.write(request(target, dump)), Optional.empty());

        assertThat(result.path("status").asText()).as(result.toString()).isEqualTo("SUCCEEDED");
        assertThat(result.at("/output/outcome").asText()).isEqualTo("restored");
        assertThat(result.at("/output/resourceId").asText()).isEqualTo(target);
        assertThat(TestDatabases.count("staging", "orders")).isEqualTo(1000);
        assertThat(topic.published()).isEmpty();
    }

    @Test
    void tellsPeopleWhyARestoreFailedAndTriesNoSecondOne() {
        logs.report("AD-1007 database staging isn't empty");
        String input = RestoreRequestJson.write(request(target(), dump()));

        JsonNode result = run("AutoDumpRestores", input, Optional.of(new Attempt(OptionalInt.of(2), "Essential")));

        assertThat(result.path("error").asText()).isEqualTo("AutoDump.RestoreFailed");
        assertThat(result.path("cause").asText())
                .startsWith("The restore with secret arn:aws:secretsmanager:")
                .contains("AD-1007 database staging isn't empty", "exit status 2", "autodump/default/job-1-1");
        assertThat(topic.published()).singleElement().satisfies(message -> {
            assertThat(message.path("Subject").asText()).isEqualTo("AutoDump Restore Failed");
            assertThat(message.at("/MessageAttributes/autodump.type/StringValue")
                            .asText())
                    .isEqualTo("restore-failed");
            assertThat(message.path("Message").asText()).contains("AD-1007", "execution:autodump:");
        });
    }

    @Test
    void tellsPeopleThatAJobNeverRan() {
        JsonNode result = run(
                "AutoDumpRestores",
                RestoreRequestJson.write(request(target(), dump())),
                Optional.of(new Attempt(OptionalInt.empty(), "CannotPullContainerError: not found")));

        assertThat(result.path("cause").asText()).contains("the job did not run: CannotPullContainerError");
        assertThat(topic.published()).hasSize(1);
    }

    @Test
    void aDrillProvesTheNewestDump() {
        DumpKey dump = dump();
        String secret = aws.secrets().put("orders", TAGS, "{}");
        aws.secrets().put("scratch", Map.of(), scratch().toString());

        JsonNode result = run("AutoDumpDrills", drill(secret), Optional.empty());

        assertThat(result.path("status").asText()).as(result.toString()).isEqualTo("SUCCEEDED");
        assertThat(result.at("/output/outcome").asText()).isEqualTo("drilled");
        assertThat(Monitoring.of(autoDump).latestProven("orders"))
                .hasValueSatisfying(proven -> assertThat(proven.key()).isEqualTo(dump));
        assertThat(aws.calls("GetSecretValue"))
                .as("of the scratch server's secret")
                .isEqualTo(1);
    }

    @Test
    void tellsPeopleThatADrillFailed() {
        logs.report("AD-4004 the drill didn't prove dump");
        String secret = aws.secrets().put("orders", TAGS, "{}");

        JsonNode result =
                run("AutoDumpDrills", drill(secret), Optional.of(new Attempt(OptionalInt.of(5), "Essential")));

        assertThat(result.path("error").asText()).isEqualTo("AutoDump.DrillFailed");
        assertThat(topic.published()).singleElement().satisfies(message -> {
            assertThat(message.path("Subject").asText()).isEqualTo("AutoDump Drill Failed");
            assertThat(message.at("/MessageAttributes/autodump.type/StringValue")
                            .asText())
                    .isEqualTo("drill-failed");
        });
    }

    /**
     * Interprets one execution.
     *
     * @param part the beginning of the logical ids
     * @param end how the job ends; empty for the real container
     */
    private JsonNode run(String part, String input, Optional<Attempt> end) {
        LocalBatch batch = new LocalBatch(environment -> {
            environment.put(DumperNames.SCRATCH_SECRET_ARN, FakeSecrets.arn("scratch"));
            return new DumperContainer(template, aws.endpoint(), bucket, part).run(environment);
        });
        end.ifPresent(batch::endNextAttempt);
        try (LocalStepFunctions stepFunctions = new LocalStepFunctions(
                template.stateMachine(part + "Runs"),
                Map.of(
                        "batch:submitJob.sync", batch,
                        "aws-sdk:cloudwatchlogs:filterLogEvents", logs,
                        "sns:publish", topic),
                new ManualClock(WHEN))) {
            JsonNode result = stepFunctions.start("task", input).result();
            stepFunctions.assertSound();
            assertThat(batch.submitted()).hasSize(1);
            return result;
        }
    }

    private DumpKey dump() {
        JsonNode value = TestDatabases.secretValue(TestDatabases.SOUND);
        DatabaseSecret database = DatabaseSecret.builder()
                .host(value.path("endpoint").asText())
                .port(value.path("port").asInt())
                .database(value.path("databasename").asText())
                .username(value.path("username").asText())
                .password(Password.of(value.path("password").asText()))
                .tls(TlsMode.DISABLE)
                .build();
        return autoDump.dump("orders", database).manifest().key();
    }

    private String target() {
        return aws.secrets()
                .put(
                        "staging",
                        Map.of(TagNames.RESTORE_TARGET, "true"),
                        TestDatabases.secretValue("staging").toString());
    }

    private static ObjectNode scratch() {
        return TestDatabases.secretValue("postgres");
    }

    private RestoreRequest request(String target, DumpKey dump) {
        return RestoreRequest.builder()
                .target(SecretId.of(target))
                .when(WHEN)
                .bucket(bucket)
                .dump(dump)
                .options(RestoreOptions.builder().create(true).build())
                .build();
    }

    /** As the scanner starts it. */
    private static String drill(String secret) {
        return ExecutionInputJson.write(
                ScheduledRun.builder()
                        .secretId(SecretId.of(secret))
                        .secretName("orders")
                        .when(WHEN)
                        .tagsHash(TagsHash.of(SecretTags.read(TAGS)))
                        .build(),
                "token");
    }
}
