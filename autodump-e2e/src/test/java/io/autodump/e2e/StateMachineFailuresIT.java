package io.autodump.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.autodump.core.contract.TagNames;
import io.autodump.core.error.ErrorCategory;
import io.autodump.core.record.FailedRun;
import io.autodump.e2e.LocalBatch.Attempt;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the state machine alone can meet: jobs that never run, functions that are broken, a topic that refuses. */
class StateMachineFailuresIT {
    private static final Attempt NO_IMAGE = new Attempt(OptionalInt.empty(), "CannotPullContainerError: not found");

    private final AtomicInteger exitStatus = new AtomicInteger();
    private final AtomicInteger containers = new AtomicInteger();
    private final OnAws aws = new OnAws(ScheduledRunContract.MONDAY, environment -> {
        containers.incrementAndGet();
        return exitStatus.get();
    });

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void tellsTheExitStatusAndTheLogStreamOfADumpThatFailed() {
        exitStatus.set(ErrorCategory.DATABASE.exitStatus());

        JsonNode result = run();

        assertThat(result.path("error").textValue()).isEqualTo("AutoDump.DumpFailed");
        assertThat(result.path("cause").textValue())
                .contains("secret:orders-")
                .contains("2026-03-05T02:30:00Z")
                .contains("exit status 4")
                .contains("autodump/default/job-3-1")
                .contains("The next run is scheduled.");
        assertThat(aws.told()).singleElement().asString().contains("autodump/default/job-3-1", "execution:autodump:");
    }

    @Test
    void makesThreeAttemptsAtADumpThatMayYetSucceed() {
        exitStatus.set(ErrorCategory.INFRASTRUCTURE.exitStatus());

        run();

        assertThat(containers).hasValue(3);
    }

    @Test
    void triesAgainAfterAQuarterOfAnHourAndAfterAnHour() {
        exitStatus.set(ErrorCategory.DATABASE.exitStatus());

        run();

        assertThat(aws.batch().submitted()).as("one job for each attempt").hasSize(3);
        assertThat(states().stream().filter("Wait for another attempt"::equals)).hasSize(2);
    }

    @Test
    void makesTheDumpInASecondAttemptAndTellsNobody() {
        aws.batch().endNextAttempt(new Attempt(OptionalInt.of(4), "Essential container in task exited"));

        JsonNode result = run();

        assertThat(result.path("output").path("outcome").textValue()).isEqualTo("dumped");
        assertThat(aws.batch().submitted()).hasSize(2);
        assertThat(aws.told()).isEmpty();
    }

    @Test
    void triesNotAgainWhatNeedsMoreMemory() {
        Attempt killed = new Attempt(
                OptionalInt.of(137),
                "Essential container in task exited",
                Optional.of("OutOfMemoryError: Container killed due to memory usage"));
        List.of(killed, killed, killed).forEach(aws.batch()::endNextAttempt);

        JsonNode result = run();

        assertThat(result.path("cause").textValue())
                .contains("exit status 137", "OutOfMemoryError: Container killed due to memory usage");
        assertThat(record().message()).contains("exit status 137", "OutOfMemoryError");
        assertThat(record().place().logStream()).contains("autodump/default/job-1-3");
        assertThat(aws.batch().submitted()).hasSize(1);
    }

    @Test
    void tellsTheCodeAndTheRemedyThatTheDumperLogged() {
        exitStatus.set(ErrorCategory.CALLER.exitStatus());
        aws.logs().report("AD-1002 secret orders: a secret's value can't be used\nHINT: docs/secrets.md");

        JsonNode result = run();

        assertThat(result.path("cause").textValue()).contains(": AD-1002 secret orders", "HINT: docs/secrets.md");
        assertThat(aws.told()).singleElement().asString().contains("AD-1002 secret orders", "exit status 2");
        assertThat(aws.history()).as("the dumper leaves its own record").isEmpty();
    }

    @Test
    void tellsTheRestIfTheLogCannotBeRead() {
        exitStatus.set(ErrorCategory.CALLER.exitStatus());
        aws.logs().refuse();

        assertThat(run().path("cause").textValue()).contains("exit status 2", "autodump/default/job-1-1");
    }

    /** A retrier knows all of these errors, each of which comes once at least. */
    @Test
    void outlastsAFunctionThatIsNotReadyYet() {
        prepare(ScheduledRunContract.EVERY_THURSDAY);
        aws.lambda()
                .refuse(
                        11,
                        "Lambda.SnapStartNotReadyException",
                        "Lambda.SnapStartTimeoutException",
                        "Lambda.SnapStartException",
                        "Lambda.ResourceNotReadyException",
                        "Lambda.CodeArtifactUserPendingException");

        JsonNode result = finish();

        assertThat(result.path("output").path("outcome").textValue()).isEqualTo("dumped");
        assertThat(aws.told()).isEmpty();
    }

    @Test
    void makesOneAttemptWhenTheOwnerOfTheSecretHasToMendIt() {
        exitStatus.set(ErrorCategory.CALLER.exitStatus());

        JsonNode result = run();

        assertThat(containers).hasValue(1);
        assertThat(result.path("cause").textValue()).contains("exit status 2");
    }

    @Test
    void makesTheDumpWhenAHostWentAwayUnderTheFirstAttempt() {
        aws.batch().endNextAttempt(new Attempt(OptionalInt.of(137), "Your Spot Task was interrupted."));

        JsonNode result = run();

        assertThat(result.path("output").path("outcome").textValue()).isEqualTo("dumped");
        assertThat(containers).hasValue(1);
        assertThat(aws.told()).isEmpty();
    }

    @Test
    void tellsWhyAJobNeverRan() {
        // Three jobs, each of which Batch starts three times.
        Stream.generate(() -> NO_IMAGE).limit(9).forEach(aws.batch()::endNextAttempt);

        JsonNode result = run();

        assertThat(result.path("cause").textValue()).contains("the job did not run: CannotPullContainerError");
        assertThat(aws.told()).hasSize(1);
        FailedRun record = record();
        assertThat(record.message()).contains("the job did not run", "CannotPullContainerError: not found");
        assertThat(record.scheduledAt()).isEqualTo(ScheduledRunContract.THURSDAY);
        assertThat(record.attempts()).isEqualTo(3);
        assertThat(record.place().jobId()).isPresent();
        assertThat(aws.waiting()).containsExactly(ScheduledRunContract.NEXT_THURSDAY);
    }

    @Test
    void tellsWhyAJobCouldNotBeSubmitted() {
        aws.batch().refuse("User is not authorized to perform: batch:SubmitJob (Service: AWSBatch; Status Code: 403)");

        JsonNode result = run();

        assertThat(result.path("error").textValue()).isEqualTo("AutoDump.DumpFailed");
        assertThat(result.path("cause").textValue()).contains("Batch.AWSBatchException", "batch:SubmitJob");
        assertThat(record().message()).contains("Batch.AWSBatchException", "batch:SubmitJob");
        assertThat(aws.waiting()).containsExactly(ScheduledRunContract.NEXT_THURSDAY);
    }

    @Test
    void tellsOfADumpAndOfANextRunThatBothFailed() {
        exitStatus.set(ErrorCategory.CALLER.exitStatus());
        prepare(ScheduledRunContract.EVERY_THURSDAY);
        aws.refuseStarts();

        JsonNode result = finish();

        assertThat(result.path("error").textValue()).isEqualTo("AutoDump.DumpFailed");
        assertThat(aws.told()).singleElement().asString().contains("exit status 2", "The next run was not started");
    }

    @Test
    void marksADumpWithoutANextRunAsAFailureOfItsOwn() {
        prepare(ScheduledRunContract.EVERY_THURSDAY);
        aws.refuseStarts();

        JsonNode result = finish();

        assertThat(result.path("error").textValue()).isEqualTo("AutoDump.RescheduleFailed");
        assertThat(result.path("cause").textValue()).contains("was made. The next run was not started", "AD-4005");
    }

    @Test
    void tellsOfASupersededRunWithoutANextRun() {
        prepare(ScheduledRunContract.EVERY_THURSDAY);
        aws.secret(Map.of(TagNames.START_SCHEDULE, "0 4 - - 5"), TestDatabases.SOUND);
        aws.refuseStarts();

        JsonNode result = finish();

        assertThat(result.path("error").textValue()).isEqualTo("AutoDump.RescheduleFailed");
        assertThat(aws.told()).singleElement().asString().contains("superseded: the tags have changed");
    }

    @Test
    void startsTheNextRunWhenTheTagsCouldNotBeCheckedAndTellsThatThereIsNoDump() {
        prepare(ScheduledRunContract.EVERY_THURSDAY);
        aws.breakHashFunction();

        JsonNode result = finish();

        assertThat(result.path("error").textValue()).isEqualTo("AutoDump.CheckFailed");
        assertThat(aws.told()).singleElement().asString().contains("could not be checked", "out of order");
        assertThat(record().message()).contains("out of order");
        assertThat(record().attempts()).isZero();
        assertThat(aws.waiting()).containsExactly(ScheduledRunContract.NEXT_THURSDAY);
        assertThat(containers).hasValue(0);
    }

    @Test
    void failsAlsoIfNobodyCanBeTold() {
        exitStatus.set(ErrorCategory.CALLER.exitStatus());
        aws.topic().refuse();

        assertThat(run().path("error").textValue()).isEqualTo("AutoDump.DumpFailed");
    }

    @Test
    void givesTheJobTheSizeAndTheTimeThatTheTagsAskFor() {
        Map<String, String> tags = new HashMap<>(ScheduledRunContract.EVERY_THURSDAY);
        tags.putAll(Map.of(TagNames.VCPU, "2", TagNames.MEMORY, "8192", TagNames.TIMEOUT, "PT10H"));
        prepare(tags);

        finish();

        JsonNode job = aws.batch().submitted().get(0);
        assertThat(job.path("ContainerOverrides").path("ResourceRequirements").toString())
                .contains("{\"Type\":\"VCPU\",\"Value\":\"2\"}", "{\"Type\":\"MEMORY\",\"Value\":\"8192\"}");
        assertThat(job.path("Timeout").path("AttemptDurationSeconds").intValue())
                .isGreaterThanOrEqualTo(36_000);
    }

    @Test
    void waitsForMonths() {
        Instant christmas = Instant.parse("2026-12-25T03:00:00Z");
        prepare(Map.of(TagNames.START_SCHEDULE, "0 3 25 12 -"));

        aws.timePassesUntil(Instant.parse("2026-12-25T02:59:59Z"));
        assertThat(containers).hasValue(0);
        assertThat(aws.waiting()).containsExactly(christmas);
        aws.timePassesUntil(christmas);

        assertThat(containers).hasValue(1);
        assertThat(aws.waiting()).isEmpty();
        assertThat(aws.told()).isEmpty();
    }

    private FailedRun record() {
        return aws.history().get(0).failure().orElseThrow();
    }

    private List<String> states() {
        return aws.stepFunctions().executions().get(0).states();
    }

    private JsonNode run() {
        prepare(ScheduledRunContract.EVERY_THURSDAY);
        return finish();
    }

    private void prepare(Map<String, String> tags) {
        aws.secret(tags, TestDatabases.SOUND);
        aws.scan();
    }

    private JsonNode finish() {
        aws.timePassesUntil(ScheduledRunContract.THURSDAY);
        return aws.stepFunctions().executions().get(0).result();
    }
}
