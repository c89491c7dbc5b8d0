package io.autodump.core.usecase.schedule;

import static io.autodump.core.usecase.Fixtures.VALUE;
import static io.autodump.core.usecase.Fixtures.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.AutoDump;
import io.autodump.core.contract.TagNames;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.port.RunScheduler;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.testing.InMemoryRunScheduler;
import io.autodump.core.testing.InMemorySecrets;
import io.autodump.core.usecase.schedule.SecretOutcome.Status;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Restore drills that a scan starts. */
class ScanDrillsTest {
    /** A Sunday. In Berlin it is an hour later. */
    private static final Instant DUE = Instant.parse("2026-11-22T04:00:00Z");

    private static final Map<String, String> TAGS = Map.of(
            TagNames.START_SCHEDULE, "0 8 - - -", TagNames.TIMEZONE, "Europe/Berlin", TagNames.DRILL, "0 5 - - 0");

    private final InMemorySecrets secrets = new InMemorySecrets();
    private final InMemoryRunScheduler dumps = new InMemoryRunScheduler();
    private final InMemoryRunScheduler drills = new InMemoryRunScheduler();

    @Test
    void startsADrillOnceWhenItIsDue() {
        secrets.put(secret("orders", TAGS), VALUE);

        assertThat(scan(DUE.minusSeconds(1), drills).drill()).isEmpty();
        SecretOutcome due = scan(DUE.plusSeconds(1), drills);
        assertThat(scan(DUE.plusSeconds(901), drills).drill()).isEmpty();

        assertThat(due.drill()).map(ScheduledRun::when).contains(DUE);
        assertThat(due.isTrouble()).isFalse();
        assertThat(drills.runs()).singleElement().satisfies(drill -> {
            assertThat(drill.when()).isEqualTo(DUE);
            assertThat(drill.secretId()).isEqualTo(SecretId.of("orders"));
        });
        assertThat(dumps.runs()).extracting(ScheduledRun::when).doesNotContain(DUE);
    }

    @Test
    void makesADrillThatWasMissedWithinADayAndNoOlderOne() {
        secrets.put(secret("orders", TAGS), VALUE);

        assertThat(scan(DUE.plusSeconds(24 * 3600 + 1), drills).drill()).isEmpty();
        assertThat(scan(DUE.plusSeconds(23 * 3600), drills).drill()).isPresent();
    }

    @Test
    void makesNoDrillThatWasDueBeforeTheTagWasSet() {
        secrets.put(
                TaggedSecret.builder()
                        .from(secret("orders", TAGS))
                        .changedAt(DUE.plusSeconds(1))
                        .build(),
                VALUE);

        assertThat(scan(DUE.plusSeconds(60), drills).drill()).isEmpty();
    }

    @Test
    void makesNoneOfAPausedSecretAndOfOneWithoutASchedule() {
        Map<String, String> paused = new HashMap<>(TAGS);
        paused.put(TagNames.ENABLED, "false");
        secrets.put(secret("orders", paused), VALUE);
        assertThat(scan(DUE, drills).drill()).isEmpty();

        secrets.put(secret("orders", Map.of(TagNames.DRILL, "0 5 - - 0")), VALUE);
        assertThat(scan(DUE, drills).drill()).isEmpty();
        assertThat(drills.runs()).isEmpty();
    }

    @Test
    void aDrillThatCannotBeStartedIsAFailureAndStopsNoDump() {
        secrets.put(secret("orders", TAGS), VALUE);

        SecretOutcome outcome = scan(DUE, run -> {
            throw new AutoDumpException(ErrorCode.SCHEDULER_FAILED, "no answer", "try again");
        });

        assertThat(outcome.status()).isEqualTo(Status.FAILED);
        assertThat(outcome.failure())
                .hasValueSatisfying(why -> assertThat(why).contains("restore drill wasn't started", "AD-4005"));
        assertThat(outcome.nextRun()).isPresent();
        assertThat(dumps.runs()).isNotEmpty();
    }

    @Test
    void aSchedulerOfDrillsAloneCannotBeUsed() {
        assertThatThrownBy(() -> AutoDump.builder()
                        .secretCatalog(secrets)
                        .drillScheduler(drills)
                        .build())
                .hasMessageContaining("drillScheduler(…) needs runScheduler(…)");
    }

    private SecretOutcome scan(Instant now, RunScheduler drillScheduler) {
        return AutoDump.builder()
                .secretCatalog(secrets)
                .runScheduler(dumps)
                .drillScheduler(drillScheduler)
                .clock(() -> now)
                .build()
                .scan()
                .outcomes()
                .get(0);
    }
}
