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
import io.autodump.core.testing.InMemoryRunScheduler;
import io.autodump.core.testing.InMemorySecrets;
import io.autodump.core.usecase.schedule.SecretOutcome.Status;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is asked when a run that has waited is due: {@link CheckTagsHash} and {@link RescheduleDump}. */
class WaitingRunTest {
    private static final TagsHash HASH = TagsHash.of(SecretTags.parse("orders", DAILY_AT_EIGHT));

    private final InMemoryRunScheduler scheduler = new InMemoryRunScheduler();

    @Test
    void executesWhileTheTagsMeanTheSame() {
        HashCheck check = new CheckTagsHash(secrets(Map.of(TagNames.START_SCHEDULE, "0 8 - - -"))).check(ORDERS, HASH);

        assertThat(check.execute()).isTrue();
        assertThat(check.currentHash()).contains(HASH);
    }

    @Test
    void executesARunOfTheOriginalSystem() {
        TagsHash v1 = TagsHash.v1(DAILY_AT_EIGHT);

        assertThat(new CheckTagsHash(secrets(DAILY_AT_EIGHT)).check(ORDERS, v1).execute())
                .isTrue();
    }

    @Test
    void executesNothingOnceTheTagsHaveChanged() {
        HashCheck check = new CheckTagsHash(secrets(Map.of(TagNames.START_SCHEDULE, "0 9 * * *"))).check(ORDERS, HASH);

        assertThat(check.execute()).isFalse();
        assertThat(check.reason()).isEqualTo("the tags have changed");
        assertThat(check.currentHash()).isPresent();
    }

    @Test
    void executesNothingForASecretThatIsPausedGoneOrInvalid() {
        Map<String, String> paused = Map.of(TagNames.START_SCHEDULE, "0 8 * * *", TagNames.ENABLED, "false");

        assertThat(new CheckTagsHash(secrets(paused)).check(ORDERS, HASH).execute())
                .isFalse();
        assertThat(new CheckTagsHash(secrets(paused))
                        .check(ORDERS, TagsHash.v1(DAILY_AT_EIGHT))
                        .execute())
                .as("the original system's hash knows nothing of the pause")
                .isFalse();
        assertThat(new CheckTagsHash(new InMemorySecrets()).check(ORDERS, HASH).reason())
                .isEqualTo("the secret is gone");
        assertThat(new CheckTagsHash(secrets(Map.of(TagNames.START_SCHEDULE, "often")))
                        .check(ORDERS, HASH)
                        .reason())
                .isEqualTo("the secret's tags are invalid now");
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
