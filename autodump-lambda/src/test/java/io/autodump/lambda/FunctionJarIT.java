package io.autodump.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.autodump.core.contract.LambdaNames;
import io.autodump.core.contract.TagNames;
import io.autodump.testkit.aws.FakeAws;
import io.autodump.testkit.aws.FakeSecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The jar that is uploaded, under the runtime that AWS runs it with, by the handler strings of the infrastructure. */
class FunctionJarIT {
    private static final long MEGABYTE = 1_000_000;
    private static final Path JAR = Path.of(System.getProperty("autodump.function.jar", "target/function.jar"));
    private static final String V1_HASH = "V18341882019899439";
    private static final Map<String, String> WEEKDAYS =
            Map.of(TagNames.TIMEZONE, "UTC", TagNames.START_SCHEDULE, "0 8 * * 1-5", TagNames.CATCH_UP, "PT0S");
    private static final String ARN = FakeSecrets.arn("orders");

    private static Path taskRoot = Path.of("");

    private final FakeAws aws = FakeAws.start();
    private final RuntimeApi api = new RuntimeApi();

    FunctionJarIT() throws IOException {}

    @BeforeAll
    static void unpack(@TempDir Path folder) throws IOException {
        taskRoot = FunctionProcess.unpack(JAR, folder);
    }

    @AfterEach
    void stop() {
        api.close();
        aws.close();
    }

    @Test
    void isSmallAndHoldsNoServiceThatNoFunctionNeeds() throws IOException {
        assertThat(Files.size(JAR)).isLessThan(20 * MEGABYTE);
        System.out.printf("function jar: %.1f MB%n", Files.size(JAR) / (double) MEGABYTE);
        try (ZipFile zip = new ZipFile(JAR.toFile())) {
            List<String> names = zip.stream().map(ZipEntry::getName).toList();
            assertThat(names)
                    .doesNotHaveDuplicates()
                    .noneMatch(name -> name.startsWith("software/amazon/awssdk/services/sns/"))
                    .noneMatch(name -> name.startsWith("io/netty/"))
                    .contains("META-INF/services/software.amazon.awssdk.http.SdkHttpService");
        }
    }

    /** A failed invocation is visible, and the next one is served. */
    @Test
    void scansColdAndWarmAndAfterAFailure() throws Exception {
        aws.secrets().put("orders", WEEKDAYS, "{}");
        try (FunctionProcess function = start(LambdaNames.SCANNER_HANDLER, Map.of())) {
            JsonNode first =
                    timed("scanner, cold", () -> success(function, Fixture.golden("original-scanner-event.json")));
            JsonNode second = timed("scanner, warm", () -> success(function, "{}"));

            assertThat(first.path("counts").path("scheduled").intValue()).isEqualTo(1);
            assertThat(second.path("counts").path("already-scheduled").intValue())
                    .isEqualTo(1);
            assertThat(aws.executions().all()).hasSize(1);
            assertThat(function.log()).contains("\"status\":\"scheduled\"").contains("CloudWatchMetrics");
            failsVisiblyAndServesTheNext(function);
        }
    }

    private void failsVisiblyAndServesTheNext(FunctionProcess function) throws Exception {
        aws.secrets().put("stock", WEEKDAYS, "{}");
        aws.deny("StartExecution", "stock", "not authorized");

        RuntimeApi.Answer failed = api.invoke("{}");

        assertThat(failed.success()).as(failed.body()).isFalse();
        assertThat(failed.body()).contains("AD-4007 1 of 2 secrets need attention");
        assertThat(aws.executions().all()).hasSize(1);
        aws.allow("StartExecution", "stock");
        assertThat(success(function, "{}").path("clean").booleanValue()).isTrue();
    }

    /** What {@code docs/performance.md} compares with the original: behind 20 ms a call, half of the secrets tagged. */
    @Test
    @EnabledIfSystemProperty(named = "autodump.test.full", matches = "true", disabledReason = "make test-all runs it")
    void scansTwoThousandSecretsColdAndAsManyMoreWarm() throws Exception {
        aws.latency(Duration.ofMillis(20));
        put("first", 1_000);
        try (FunctionProcess function = start(
                LambdaNames.SCANNER_HANDLER,
                Map.of(LambdaNames.STARTS_PER_SECOND, "300", LambdaNames.STARTS_AT_ONCE, "1300"))) {
            timed("scan of 2,000 secrets, 1,000 tagged, from process start", () -> success(function, "{}"));
            assertThat(aws.executions().all()).hasSize(1_000);
            put("second", 1_000);
            timed("scan of 4,000 secrets, 1,000 tagged and new, 1,000 known, warm", () -> success(function, "{}"));
            assertThat(aws.executions().all()).hasSize(2_000);
            timed("the same again, nothing new", () -> success(function, "{}"));
            assertThat(aws.calls("StartExecution")).isEqualTo(2_000);
        }
    }

    private void put(String prefix, int each) {
        for (int i = 0; i < each; i++) {
            aws.secrets().put(prefix + "/tagged-" + i, WEEKDAYS, "{}");
            aws.secrets().put(prefix + "/other-" + i, Map.of("team", "payments"), "{}");
        }
    }

    /** The same as after a snapshot, for the figures of {@code docs/performance.md}. */
    @Test
    @EnabledIfSystemProperty(named = "autodump.test.full", matches = "true", disabledReason = "make test-all runs it")
    void checksAHashOfTheOriginalColdAndWarm() throws Exception {
        aws.secrets().put("orders", WEEKDAYS, "{}");
        String event = Fixture.golden("original-hash-event.json").replace("HASH", V1_HASH);
        try (FunctionProcess function = start(LambdaNames.HASH_HANDLER, Map.of())) {
            JsonNode first = timed("hash, cold", () -> success(function, event));
            assertThat(first.path("execute").booleanValue()).isTrue();
            assertThat(first.path("secretArn").textValue()).isEqualTo(ARN);
            assertThat(timed("hash, warm", () -> success(function, event))).isEqualTo(first);
        }
    }

    @Test
    void reschedulesColdAndWarm() throws Exception {
        aws.secrets().put("orders", WEEKDAYS, "{}");
        String event = Fixture.golden("original-execution-input.json").replace("HASH", V1_HASH);
        try (FunctionProcess function = start(LambdaNames.RESCHEDULE_HANDLER, Map.of())) {
            assertThat(timed("reschedule, cold", () -> success(function, event))
                            .path("status")
                            .textValue())
                    .isEqualTo("scheduled");
            assertThat(timed("reschedule, warm", () -> success(function, event))
                            .path("status")
                            .textValue())
                    .isEqualTo("already-scheduled");
        }
    }

    @Test
    void findsOverdueDumpsColdAndWarm() throws Exception {
        Instant longAgo = Instant.parse("2020-01-01T00:00:00Z");
        Map<String, String> hourly = Map.of(TagNames.START_SCHEDULE, "@hourly");
        aws.secrets().put("fresh", hourly, "{}", longAgo);
        aws.secrets().put("late", hourly, "{}", longAgo);
        try (FinishedDumps dumps = new FinishedDumps()) {
            dumps.add("fresh", Instant.now().truncatedTo(ChronoUnit.HOURS));
            findsOverdueDumpsColdAndWarm(dumps);
        }
    }

    private void findsOverdueDumpsColdAndWarm(FinishedDumps dumps) throws Exception {
        try (FunctionProcess function =
                start(LambdaNames.FRESHNESS_HANDLER, Map.of(LambdaNames.BUCKETS, dumps.bucket))) {
            JsonNode first = timed("freshness, cold", () -> success(function, "{}"));
            assertThat(first.path("overdue").intValue()).isEqualTo(1);
            dumps.add("late", Instant.now().truncatedTo(ChronoUnit.HOURS));
            assertThat(timed("freshness, warm", () -> success(function, "{}"))
                            .path("overdue")
                            .intValue())
                    .isZero();
            assertThat(function.log()).contains("\"OverdueDumps\":1").contains("\"OverdueDumps\":0");
        }
    }

    @Test
    void answersAfterASnapshotWasTakenAndRestored() throws Exception {
        aws.secrets().put("orders", WEEKDAYS, "{}");
        String event = Fixture.golden("original-hash-event.json").replace("HASH", V1_HASH);
        try (FunctionProcess function =
                start(LambdaNames.HASH_HANDLER, Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start"))) {
            JsonNode answer = timed("hash, process start, snapshot and first answer", () -> success(function, event));
            assertThat(answer.path("execute").booleanValue()).isTrue();
            assertThat(answer.path("secretArn").textValue()).isEqualTo(ARN);
            assertThat(api.restores()).isEqualTo(1);
            assertThat(aws.calls("DescribeSecret"))
                    .as("rehearsals don't go to AWS")
                    .isEqualTo(1);
        }
    }

    private FunctionProcess start(String handler, Map<String, String> environment) throws IOException {
        return new FunctionProcess(handler, taskRoot, api, aws, environment);
    }

    private JsonNode success(FunctionProcess function, String event) throws Exception {
        RuntimeApi.Answer answer = api.invoke(event);
        assertThat(answer.success()).as("%s%n%s", answer, function.log()).isTrue();
        return Fixture.json(answer.body());
    }

    /** What a test does that takes some time. */
    private interface Timed {
        JsonNode run() throws Exception;
    }

    /** The process was started just before the first answer is asked for, so this is the time from there on. */
    private static JsonNode timed(String what, Timed work) throws Exception {
        long before = System.nanoTime();
        JsonNode answer = work.run();
        System.out.printf("%s: %.3f s%n", what, (System.nanoTime() - before) / 1e9);
        return answer;
    }
}
