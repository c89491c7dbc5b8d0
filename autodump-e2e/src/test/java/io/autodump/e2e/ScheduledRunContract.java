package io.autodump.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.contract.TagNames;
import io.autodump.e2e.Deployment.End;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * What becomes of a run, whatever happens while it waits and when it is due. The state machine and the scheduler of one
 * machine agree on all of it; {@code docs/state-machine.md} has the table.
 */
abstract class ScheduledRunContract {
    static final Instant MONDAY = Instant.parse("2026-03-02T00:10:00Z");
    static final Instant THURSDAY = Instant.parse("2026-03-05T02:30:00Z");
    static final Instant NEXT_THURSDAY = Instant.parse("2026-03-12T02:30:00Z");
    static final Map<String, String> EVERY_THURSDAY = Map.of(TagNames.START_SCHEDULE, "30 2 - - 4");
    static final String THE_DUMP = "orders/shop/2026/03/05/shop-2026-03-05T02-30-00Z.dump.zst";

    private Deployment deployment;

    abstract Deployment deploy(Instant now, TestInfo test);

    @BeforeEach
    void start(TestInfo test) {
        deployment = deploy(MONDAY, test);
    }

    @AfterEach
    void stop() {
        deployment.close();
    }

    @Test
    void makesTheDumpAndStartsTheNextRun() {
        deployment.secret(EVERY_THURSDAY, TestDatabases.SOUND);
        deployment.scan();
        assertThat(deployment.waiting()).containsExactly(THURSDAY);

        deployment.timePassesUntil(THURSDAY);

        assertThat(deployment.dumps()).containsExactly(THE_DUMP);
        assertThat(deployment.leftovers()).isEmpty();
        assertThat(deployment.waiting()).containsExactly(NEXT_THURSDAY);
        assertThat(deployment.ends()).containsExactly(End.DUMPED);
        assertThat(deployment.told()).isEmpty();
    }

    @Test
    void makesNoDumpWhenTheTagsChangedWhileItWaited() {
        deployment.secret(EVERY_THURSDAY, TestDatabases.SOUND);
        deployment.scan();
        deployment.secret(Map.of(TagNames.START_SCHEDULE, "0 4 - - 5"), TestDatabases.SOUND);

        deployment.timePassesUntil(THURSDAY);

        assertNothingIsThere();
        assertThat(deployment.waiting()).containsExactly(Instant.parse("2026-03-06T04:00:00Z"));
        assertThat(deployment.ends()).containsExactly(End.SUPERSEDED);
        assertThat(deployment.told()).isEmpty();
    }

    @Test
    void endsQuietlyWhenTheSecretWasDeletedWhileItWaited() {
        deployment.secret(EVERY_THURSDAY, TestDatabases.SOUND);
        deployment.scan();
        deployment.deleteSecret();

        deployment.timePassesUntil(THURSDAY);

        assertNothingIsThere();
        assertThat(deployment.waiting()).isEmpty();
        assertThat(deployment.ends()).containsExactly(End.SUPERSEDED);
        assertThat(deployment.told()).isEmpty();
    }

    @Test
    void publishesNothingAndSaysSoWhenPgDumpFails() {
        deployment.secret(EVERY_THURSDAY, TestDatabases.DAMAGED);
        deployment.scan();

        deployment.timePassesUntil(THURSDAY);
        deployment.anHourLater();

        assertNothingIsThere();
        assertThat(deployment.waiting()).containsExactly(NEXT_THURSDAY);
        assertThat(deployment.ends()).containsExactly(End.NOT_DUMPED);
        assertThat(deployment.told()).isNotEmpty();
    }

    @Test
    void makesTheDumpThoughNothingAnsweredTwice() {
        deployment.secret(EVERY_THURSDAY, TestDatabases.SOUND);
        deployment.scan();
        deployment.troubleTwice();

        deployment.timePassesUntil(THURSDAY);

        assertThat(deployment.dumps()).containsExactly(THE_DUMP);
        assertThat(deployment.waiting()).containsExactly(NEXT_THURSDAY);
        assertThat(deployment.ends()).containsExactly(End.DUMPED);
        assertThat(deployment.told()).isEmpty();
    }

    @Test
    void makesTheDumpAndNoiseWhenTheNextRunCouldNotBeStarted() {
        deployment.secret(EVERY_THURSDAY, TestDatabases.SOUND);
        deployment.scan();
        deployment.refuseStarts();

        deployment.timePassesUntil(THURSDAY);

        assertThat(deployment.dumps()).containsExactly(THE_DUMP);
        assertThat(deployment.waiting()).isEmpty();
        assertThat(deployment.ends()).containsExactly(End.DUMPED);
        assertThat(deployment.told()).isNotEmpty();

        deployment.anHourLater();

        assertThat(deployment.waiting()).containsExactly(NEXT_THURSDAY);
        assertThat(deployment.ends()).containsExactly(End.DUMPED);
    }

    @Test
    void makesARunThatWasDueBeforeItWasStarted() {
        deployment.secret(EVERY_THURSDAY, TestDatabases.SOUND);

        deployment.timePassesUntil(THURSDAY.plus(Duration.ofHours(1)));
        deployment.scan();
        deployment.timePassesUntil(THURSDAY.plus(Duration.ofHours(1)));

        assertThat(deployment.dumps()).containsExactly(THE_DUMP);
        assertThat(deployment.waiting()).containsExactly(NEXT_THURSDAY);
        assertThat(deployment.ends()).containsExactly(End.DUMPED);
        assertThat(deployment.told()).isEmpty();
    }

    @Test
    void makesOneDumpForARunOfTheOriginalAndItsOwnTwin() {
        deployment.secret(EVERY_THURSDAY, TestDatabases.SOUND);
        deployment.runOfTheOriginal(THURSDAY);
        deployment.scan();
        assertThat(deployment.waiting()).containsExactly(THURSDAY, THURSDAY);

        deployment.timePassesUntil(THURSDAY);

        assertThat(deployment.dumps()).containsExactly(THE_DUMP);
        assertThat(deployment.leftovers()).isEmpty();
        assertThat(deployment.waiting()).containsExactly(NEXT_THURSDAY);
        assertThat(deployment.ends()).hasSize(2).contains(End.DUMPED).doesNotContain(End.NOT_DUMPED);
        assertThat(deployment.told()).isEmpty();
    }

    @Test
    void makesTheDumpWithDefaultsWhenTagsThatDoNotSayWhenAreBroken() {
        deployment.secret(EVERY_THURSDAY, TestDatabases.SOUND);
        deployment.scan();
        Map<String, String> broken = new HashMap<>(EVERY_THURSDAY);
        broken.putAll(Map.of(
                "autodump:owner",
                "payments",
                "autodump:retension",
                "last=7",
                TagNames.COMPRESSION,
                "zip",
                TagNames.CATCH_UP,
                "long"));
        deployment.secret(broken, TestDatabases.SOUND);

        deployment.timePassesUntil(THURSDAY);

        assertThat(deployment.dumps()).containsExactly(THE_DUMP);
        assertThat(deployment.waiting()).containsExactly(NEXT_THURSDAY);
        assertThat(deployment.ends()).containsExactly(End.DUMPED);
        assertThat(deployment.told()).isEmpty();
    }

    @Test
    void failsLoudlyAtItsTimeWhenATagThatKeepsDataOutIsBroken() {
        Map<String, String> broken = new HashMap<>(EVERY_THURSDAY);
        broken.put("autodump:exclude-tabel-data", "customers");
        deployment.secret(broken, TestDatabases.SOUND);
        deployment.scan();
        assertThat(deployment.waiting()).containsExactly(THURSDAY);

        deployment.timePassesUntil(THURSDAY);

        assertNothingIsThere();
        assertThat(deployment.waiting()).containsExactly(NEXT_THURSDAY);
        assertThat(deployment.ends()).containsExactly(End.NOT_DUMPED);
        assertThat(deployment.told()).isNotEmpty();
    }

    @Test
    void endsQuietlyWhenTheSecretIsPausedWhateverElseIsBroken() {
        deployment.secret(EVERY_THURSDAY, TestDatabases.SOUND);
        deployment.scan();
        deployment.secret(
                Map.of(TagNames.START_SCHEDULE, "often", TagNames.ENABLED, "false", TagNames.SCHEMAS, "\""),
                TestDatabases.SOUND);

        deployment.timePassesUntil(THURSDAY);

        assertNothingIsThere();
        assertThat(deployment.waiting()).isEmpty();
        assertThat(deployment.ends()).containsExactly(End.SUPERSEDED);
        assertThat(deployment.told()).isEmpty();
    }

    private void assertNothingIsThere() {
        assertThat(deployment.dumps()).isEmpty();
        assertThat(deployment.leftovers()).isEmpty();
    }
}
