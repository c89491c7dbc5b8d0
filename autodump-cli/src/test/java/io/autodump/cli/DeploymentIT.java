package io.autodump.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.autodump.aws.AwsClients;
import io.autodump.aws.s3.S3DumpStore;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.plan.RestoreRequest;
import io.autodump.core.port.DumpStore;
import io.autodump.core.wire.RestoreRequestJson;
import io.autodump.testkit.aws.FakeAws;
import io.autodump.testkit.aws.FakeExecutions;
import io.autodump.testkit.aws.FakeSecrets;
import io.autodump.testkit.aws.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code autodump aws …} against an account in which the test plays the deployment; once as a process. */
class DeploymentIT {
    private static final Map<String, String> SCHEDULED = Map.of("autodump:start-schedule", "0 8 - - -");
    private static final Instant AT = Instant.parse("2026-11-22T08:00:00Z");

    private final Path folder;
    private final InProcessCommand command;
    private final FakeAws aws = FakeAws.start();
    private final String bucket = S3Server.newBucket();
    private final AwsClients clients = AwsClients.builder()
            .region(FakeAws.REGION)
            .credentials(S3Server.ACCESS_KEY_ID, S3Server.SECRET_ACCESS_KEY)
            .s3Endpoint(S3Server.endpoint())
            .s3PathStyle(true)
            .build();

    DeploymentIT(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.command = new InProcessCommand(folder).withCredentials();
        Files.createDirectory(folder.resolve("tmp"));
        configure("s3://" + bucket + "/nightly");
        aws.secrets().put("orders", SCHEDULED, "{}");
    }

    @AfterEach
    void stopAccount() {
        clients.close();
        aws.close();
    }

    @Test
    void letsTheDeploymentDumpPrintsTheLogOfTheJobAndExitsAsTheDump() throws Exception {
        CommandProcess dump = CommandProcess.start(
                folder,
                Map.of(
                        "AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY_ID,
                        "AWS_SECRET_ACCESS_KEY", S3Server.SECRET_ACCESS_KEY),
                "aws",
                "dump",
                "orders",
                "--wait");
        FakeExecutions.Execution run = awaitExecution(dump.process()::isAlive, FakeExecutions.STATE_MACHINE);
        assertThat(run.input()).contains(":secret:orders", "tagsHash", "when");
        log("dump/first", "dump starts", run, "");
        log("dump/first", "dump failed", run, ",\"database\":\"shop\",\"DumpsFailed\":1,\"report\":\"AD-3010 no\"");
        aws.logs().add("dump/first", "\u001b[31mnot JSON");
        aws.executions().endWith("FAILED", "There is no dump. AD-3010 can't read table payroll");

        CommandProcess.Ended failed = dump.await();

        assertThat(failed.exitStatus()).as(failed.err()).isEqualTo(4);
        assertThat(failed.out().lines())
                .satisfiesExactly(
                        started -> assertThat(started).contains("started the run of ", ":execution:autodump:orders-"),
                        begin -> assertThat(begin).isEqualTo("2026-11-26T19:00:00Z dump starts"),
                        end -> assertThat(end).isEqualTo("2026-11-26T19:00:00Z dump failed database=shop"),
                        text -> assertThat(text).isEqualTo("\\u001b[31mnot JSON"));
        assertThat(failed.err()).contains("AD-3010 the run on AWS failed", "can't read table payroll");
    }

    @Test
    void letsTheDeploymentRestoreIntoTheDatabaseOfAnotherSecret() throws Exception {
        DumpKey dump = dump();
        aws.secrets().put("staging", Map.of("autodump:restore-target", "true"), "{}");

        Future<CommandProcess.Ended> running = start(
                "aws",
                "restore",
                "latest:orders",
                "--to",
                "staging",
                "--create",
                "--table",
                "public.orders",
                "--jobs",
                "4",
                "--create-roles",
                "--follow");
        FakeExecutions.Execution restore = awaitExecution(() -> !running.isDone(), FakeExecutions.RESTORES);
        log("restore/only", "restore starts", restore, "");
        log("restore/only", "restore succeeded", restore, ",\"rows\":1000,\"warnings\":[]");
        aws.executions().endWith("SUCCEEDED", "{\"outcome\":\"restored\"}");
        CommandProcess.Ended ended = running.get(2, TimeUnit.MINUTES);

        assertThat(ended.exitStatus()).as(ended.err()).isZero();
        assertThat(ended.out())
                .contains("started the restore of " + dump + " into the database of staging: arn:aws:states:")
                .contains("restore succeeded rows=1000\n")
                .endsWith("ended: {\"outcome\":\"restored\"}");
        RestoreRequest request = RestoreRequestJson.parse("input", restore.input());
        assertThat(request.target().value()).isEqualTo(FakeSecrets.arn("staging"));
        assertThat(request.bucket()).isEqualTo(bucket);
        assertThat(request.prefix()).isEqualTo("nightly");
        assertThat(request.dump()).isEqualTo(dump);
        RestoreOptions options = request.options();
        assertThat(options.create()).isTrue();
        assertThat(options.jobs()).isEqualTo(4);
        assertThat(options.tables()).containsExactly("public.orders");
        assertThat(aws.calls("GetSecretValue")).isZero();
    }

    @Test
    void startsNoRestoreThatTheDeploymentWouldRefuse() throws Exception {
        dump();
        aws.secrets().put("production", SCHEDULED, "{}");
        aws.secrets().put("staging", Map.of("autodump:restore-target", "true"), "{}");

        CommandProcess.Ended noTarget = run("aws", "restore", "latest:orders", "--to", "production");
        CommandProcess.Ended noDump = run("aws", "restore", "latest:invoices", "--to", "staging");
        CommandProcess.Ended unconfirmed = run("aws", "restore", "latest:orders", "--to", "staging", "--clean");
        configure("./dumps");
        CommandProcess.Ended noBucket = run("aws", "restore", "latest:orders", "--to", "staging");

        assertThat(noTarget.err())
                .startsWith("AD-1001 ")
                .contains("--tags Key=autodump:restore-target,Value=true", "nothing was started");
        assertThat(noDump.err()).startsWith("AD-1006 ");
        assertThat(unconfirmed.err()).startsWith("AD-1004 --clean drops the database");
        assertThat(noBucket.err()).startsWith("AD-1004 ").contains("in a folder");
        assertThat(List.of(noTarget, noDump, unconfirmed, noBucket)).allMatch(ended -> ended.exitStatus() == 2);
        assertThat(aws.executions().all()).isEmpty();
    }

    @Test
    void letsTheDeploymentMakeADrillAndWaitsEvenWithoutItsLog() throws Exception {
        aws.deny("FilterLogEvents", "", "not authorized");
        Future<CommandProcess.Ended> running = start("aws", "drill", "orders", "--wait");
        awaitExecution(() -> !running.isDone(), FakeExecutions.DRILLS);
        aws.executions().endWith("FAILED", "The drill failed: AD-4004 the drill didn't prove dump");

        CommandProcess.Ended ended = running.get(2, TimeUnit.MINUTES);

        assertThat(ended.exitStatus()).as(ended.err()).isEqualTo(5);
        assertThat(ended.err())
                .contains("warning: the job's log isn't shown: AD-4005 logs:FilterLogEvents")
                .contains("AD-4004 the drill on AWS failed");
    }

    private void log(String stream, String message, FakeExecutions.Execution run, String more) throws IOException {
        var input = new JsonMapper().readTree(run.input());
        aws.logs()
                .add(
                        stream,
                        "{\"timestamp\":\"2026-11-26T19:00:00Z\",\"level\":\"INFO\",\"message\":\"" + message
                                + "\",\"secretArn\":" + input.path("resourceId") + ",\"scheduledAt\":"
                                + input.path("when") + more + "}");
    }

    /** What a test logs and ends must come after the start. */
    private FakeExecutions.Execution awaitExecution(BooleanSupplier isRunning, String stateMachine) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (aws.executions().of(stateMachine).isEmpty()) {
            assertThat(isRunning.getAsBoolean()).as("it has ended").isTrue();
            assertThat(System.nanoTime()).as("it never started a run").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return aws.executions().of(stateMachine).get(0);
    }

    private Future<CommandProcess.Ended> start(String... arguments) {
        return CompletableFuture.supplyAsync(() -> run(arguments));
    }

    private CommandProcess.Ended run(String... arguments) {
        return command.run(arguments);
    }

    private void configure(String store) throws IOException {
        Files.writeString(folder.resolve("autodump.yaml"), """
                secrets: aws
                store: %s
                aws:
                  region: us-east-1
                  endpoint: %s
                  s3-endpoint: %s
                  path-style: true
                """.formatted(store, aws.endpoint(), S3Server.endpoint()));
    }

    private DumpKey dump() {
        DumpStore store =
                S3DumpStore.builder(clients.s3(), bucket).prefix("nightly").build();
        return SampleDump.publish(store, AT);
    }
}
