package io.autodump.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.autodump.core.contract.LambdaNames;
import io.autodump.core.contract.TagNames;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page about all databases, which the freshness check writes into the first bucket. */
class ReportTest {
    private static final String EVENT = "{\"" + LambdaNames.REPORT + "\": true}";
    private static final Map<String, String> HOURLY = Map.of(TagNames.START_SCHEDULE, "@hourly");

    private final Instant thisHour = Instant.now().truncatedTo(ChronoUnit.HOURS);
    private final Fixture fixture = new Fixture();
    private final FinishedDumps dumps = new FinishedDumps();
    private final FinishedDumps otherDumps = new FinishedDumps();

    @BeforeEach
    void nameThePage() {
        fixture.environment.put(LambdaNames.BUCKETS, dumps.bucket + "," + otherDumps.bucket);
        fixture.environment.put(LambdaNames.REPORT_KEY, "pages/autodump.html");
    }

    @AfterEach
    void stop() {
        otherDumps.close();
        dumps.close();
        fixture.close();
    }

    @Test
    void showsTheDumpsAndTheFailuresOfAllBuckets() {
        put("fresh");
        put("elsewhere");
        put("late");
        dumps.add("fresh", thisHour);
        otherDumps.add("elsewhere", thisHour);
        dumps.add("late", thisHour.minus(Duration.ofDays(3)));
        dumps.put(
                failedRecord("late", thisHour),
                "{\"schemaVersion\":1,\"outcome\":\"failed\",\"secretName\":\"late\",\"database\":\"shop\",\"scheduledAt\":\""
                        + thisHour
                        + "\",\"code\":\"AD-3001\",\"message\":\"the server can't be reached\",\"attempts\":3,"
                        + "\"firstFailedAt\":\"" + thisHour + "\",\"failedAt\":\"" + thisHour
                        + "\",\"toolVersion\":\"test\"}");

        JsonNode answer = report();

        assertThat(answer.path("report").textValue()).isEqualTo("s3://" + dumps.bucket + "/pages/autodump.html");
        assertThat(answer.path("databases").intValue()).isEqualTo(3);
        String page = dumps.get("pages/autodump.html");
        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .contains("<h1>1 of 3 databases needs you</h1>", "AD-3001 the server can&#39;t be reached")
                .contains("Dumps in " + dumps.bucket + ", " + otherDumps.bucket)
                .doesNotContainPattern("(src|href)=\"(?!#)");
        assertThat(otherDumps.keys()).noneMatch(key -> key.endsWith(".html"));
    }

    @Test
    void isReplacedAndNeverTakenForADump() {
        put("fresh");
        dumps.add("fresh", thisHour);
        report();
        report();

        assertThat(dumps.keys()).filteredOn(key -> key.endsWith(".html")).hasSize(1);
        assertThat(fixture.freshness().path("overdue").intValue()).isZero();
        assertThat(fixture.aws.calls("GetSecretValue")).isZero();
    }

    @Test
    void failsIfItHasNoPlaceOrCannotBeWritten() {
        fixture.environment.remove(LambdaNames.REPORT_KEY);
        assertThatThrownBy(this::report).hasMessageContaining("AUTODUMP_REPORT_KEY");

        fixture.environment.put(LambdaNames.REPORT_KEY, "autodump.html");
        fixture.environment.put(LambdaNames.BUCKETS, "no-such-bucket");
        assertThatThrownBy(this::report).hasMessageContaining("AD-4001");
    }

    private JsonNode report() {
        return Fixture.json(fixture.invoke(new FreshnessHandler(fixture.functions()), EVENT, Fixture.A_MINUTE));
    }

    private static String failedRecord(String name, Instant at) {
        String stamp = at.toString().replace(':', '-');
        return name + "/shop/"
                + at.toString().substring(0, "2026-11-26".length()).replace('-', '/') + "/shop-" + stamp
                + ".failed.json";
    }

    private void put(String name) {
        fixture.aws.secrets().put(name, HOURLY, "{}", Instant.parse("2020-01-01T00:00:00Z"));
    }
}
