package io.autodump.core.usecase.schedule;

import static io.autodump.core.usecase.Fixtures.CLOCK;
import static io.autodump.core.usecase.Fixtures.DAILY_AT_EIGHT;
import static io.autodump.core.usecase.Fixtures.ORDERS;
import static io.autodump.core.usecase.Fixtures.secrets;
import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.contract.TagNames;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.plan.TagsHash;
import io.autodump.core.port.SecretCatalog;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.testing.InMemoryRunScheduler;
import io.autodump.core.testing.InMemorySecrets;
import io.autodump.core.usecase.Fixtures;
import io.autodump.core.usecase.schedule.RunDecision.Make;
import io.autodump.core.usecase.schedule.RunDecision.Missed;
import io.autodump.core.usecase.schedule.RunDecision.Superseded;
import io.autodump.core.usecase.schedule.SecretOutcome.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is asked when a run that has waited is due: {@link DecideRun} and {@link RescheduleDump}. */
class WaitingRunTest {
    private static final Instant WHEN = Instant.parse("2026-11-22T08:00:00Z");
    private static final TagsHash HASH = TagsHash.of(SecretTags.parse("orders", DAILY_AT_EIGHT));

    private final InMemoryRunScheduler scheduler = new InMemoryRunScheduler();

    @Test
    void makesARunWhileTheTagsMeanTheSame() {
        RunDecision decision = decide(Map.of(TagNames.START_SCHEDULE, "0 8 - - -"), HASH);

        assertThat(decision).isInstanceOf(Make.class);
        assertThat(decision.reason()).isEqualTo("the tags are unchanged");
        assertThat(decision.secret().currentHash()).contains(HASH);
        assertThat(decision.secret().tags()).isPresent();
    }

    @Test
    void makesARunOfTheOriginalSystem() {
        assertThat(decide(DAILY_AT_EIGHT, TagsHash.v1(DAILY_AT_EIGHT))).isInstanceOf(Make.class);
    }

    @Test
    void dropsARunOnceTheTagsHaveChanged() {
        RunDecision decision = decide(Map.of(TagNames.START_SCHEDULE, "0 9 * * *"), HASH);

        assertThat(decision).isInstanceOf(Superseded.class);
        assertThat(decision.reason()).isEqualTo("the tags have changed");
        assertThat(decision.secret().currentHash()).isPresent();
    }

    @Test
    void dropsARunOfASecretThatIsPausedGoneOrInvalid() {
        Map<String, String> paused = Map.of(TagNames.START_SCHEDULE, "0 8 * * *", TagNames.ENABLED, "false");

        assertThat(decide(paused, HASH)).isInstanceOf(Superseded.class);
        assertThat(decide(paused, TagsHash.v1(DAILY_AT_EIGHT)))
                .as("the original system's hash doesn't cover the pause")
                .isInstanceOf(Superseded.class);
        assertThat(new DecideRun(new InMemorySecrets()).decide(ORDERS, HASH).reason())
                .isEqualTo("the secret is gone");
        assertThat(decide(Map.of(TagNames.START_SCHEDULE, "often"), HASH).reason())
                .isEqualTo("the secret's schedule can't be read now");
    }

    @Test
    void makesARunThoughATagThatDoesNotSayWhenIsBroken() {
        Map<String, String> broken =
                Map.of(TagNames.START_SCHEDULE, "0 8 * * *", TagNames.SCHEMAS, "\"", "autodump:fromat", "plain");

        assertThat(decide(broken, HASH)).isInstanceOf(Make.class);
    }

    @Test
    void leavesTheDatabaseOfAReplicaToItsPrimary() {
        TaggedSecret replica = TaggedSecret.builder()
                .from(secrets(DAILY_AT_EIGHT).find(ORDERS).orElseThrow())
                .replicaOf("eu-central-1")
                .build();
        InMemorySecrets catalog = new InMemorySecrets().put(replica, Fixtures.VALUE);

        assertThat(new DecideRun(catalog).decide(ORDERS, HASH).reason())
                .isEqualTo("the secret is a replica, and its database is dumped in eu-central-1");
        assertThat(new RescheduleDump(catalog, scheduler, CLOCK)
                        .reschedule(ORDERS)
                        .status())
                .isEqualTo(Status.REPLICA);
        assertThat(scheduler.runs()).isEmpty();

        InMemorySecrets asked = new InMemorySecrets()
                .put(
                        TaggedSecret.builder()
                                .from(replica)
                                .putTags(TagNames.REPLICA, "dump")
                                .build(),
                        Fixtures.VALUE);
        assertThat(new DecideRun(asked).decide(ORDERS, HASH)).isInstanceOf(Make.class);
    }

    @Test
    void missesARunOnceItsCatchUpWindowIsOver() {
        Map<String, String> tags = Map.of(TagNames.START_SCHEDULE, "0 8 * * *", TagNames.CATCH_UP, "PT2H");

        assertThat(decideLate(tags, Duration.ofMinutes(119)))
                .isInstanceOfSatisfying(
                        Make.class, make -> assertThat(make.deadline()).isEqualTo(WHEN.plus(Duration.ofHours(2))));
        assertThat(decideLate(tags, Duration.ofHours(2))).isInstanceOfSatisfying(Missed.class, missed -> {
            assertThat(missed.window()).isEqualTo(Duration.ofHours(2));
            assertThat(missed.reason()).isEqualTo("the catch-up window of PT2H is over");
        });
    }

    @Test
    void takesARunThatIsLessThanAMinuteLateForPunctual() {
        Map<String, String> tags = Map.of(TagNames.START_SCHEDULE, "0 8 * * *", TagNames.CATCH_UP, "PT0S");

        assertThat(decideLate(tags, Duration.ofSeconds(59))).isInstanceOf(Make.class);
        assertThat(decideLate(tags, Duration.ofMinutes(1))).isInstanceOf(Missed.class);
    }

    @Test
    void dropsASupersededRunRatherThanMissingIt() {
        assertThat(decideLate(Map.of(TagNames.START_SCHEDULE, "0 9 * * *"), Duration.ofDays(1)))
                .isInstanceOf(Superseded.class);
    }

    @Test
    void givesARunOfTheOriginalSystemTheDefaultWindowIfOtherTagsAreInvalid() {
        Map<String, String> invalid = Map.of(TagNames.START_SCHEDULE, "0 8 * * *", TagNames.CATCH_UP, "long");
        ScheduledRun run = run(TagsHash.v1(DAILY_AT_EIGHT));

        assertThat(new DecideRun(secrets(invalid)).decide(run, WHEN.plus(Duration.ofHours(5))))
                .isInstanceOf(Make.class);
        assertThat(new DecideRun(secrets(invalid)).decide(run, WHEN.plus(Duration.ofHours(6))))
                .isInstanceOf(Missed.class);
    }

    @Test
    void readsTheSecretOnce() {
        AtomicInteger reads = new AtomicInteger();
        SecretCatalog counting = new SecretCatalog() {
            @Override
            public Stream<TaggedSecret> tagged() {
                throw new AssertionError("a decision lists nothing");
            }

            @Override
            public Optional<TaggedSecret> find(SecretId id) {
                reads.incrementAndGet();
                return secrets(DAILY_AT_EIGHT).find(id);
            }
        };

        new DecideRun(counting).decide(run(HASH), WHEN);

        assertThat(reads).hasValue(1);
    }

    private static RunDecision decide(Map<String, String> tags, TagsHash hash) {
        return new DecideRun(secrets(tags)).decide(ORDERS, hash);
    }

    private static RunDecision decideLate(Map<String, String> tags, Duration late) {
        return new DecideRun(secrets(tags)).decide(run(HASH), WHEN.plus(late));
    }

    private static ScheduledRun run(TagsHash hash) {
        return ScheduledRun.builder()
                .secretId(ORDERS)
                .secretName("orders")
                .when(WHEN)
                .tagsHash(hash)
                .build();
    }

    @Test
    void reschedulesItsOneSecretAndCatchesNothingUp() {
        SecretOutcome outcome = new RescheduleDump(secrets(DAILY_AT_EIGHT), scheduler, CLOCK).reschedule(ORDERS);

        assertThat(outcome.status()).isEqualTo(Status.SCHEDULED);
        assertThat(scheduler.runs()).extracting(run -> run.when().toString()).containsExactly("2026-11-23T08:00:00Z");
        assertThat(new RescheduleDump(secrets(DAILY_AT_EIGHT), scheduler, CLOCK)
                        .reschedule(ORDERS)
                        .status())
                .isEqualTo(Status.ALREADY_SCHEDULED);
    }

    @Test
    void carriesTheHashOfTheTagsAsTheyAreNow() {
        new RescheduleDump(secrets(DAILY_AT_EIGHT), scheduler, CLOCK).reschedule(ORDERS);

        assertThat(scheduler.runs()).extracting(ScheduledRun::tagsHash).containsExactly(HASH);
    }

    @Test
    void reschedulesNothingForASecretThatIsGone() {
        SecretOutcome outcome = new RescheduleDump(new InMemorySecrets(), scheduler, CLOCK).reschedule(ORDERS);

        assertThat(outcome.status()).isEqualTo(Status.GONE);
        assertThat(scheduler.runs()).isEmpty();
    }
}
