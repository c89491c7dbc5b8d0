package io.autodump.core.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.retention.RetainedDump.Trait;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final List<RetainedDump> dumps = new ArrayList<>();

    @Test
    void keepsTheNewestOnes() {
        add("2026-11-19T02:00:00Z");
        add("2026-11-20T02:00:00Z");
        add("2026-11-21T02:00:00Z");

        assertThat(decide("last=2"))
                .containsExactly(
                        "keep 2026-11-21T02:00:00Z the newest good dump, last 1 of 2",
                        "keep 2026-11-20T02:00:00Z last 2 of 2",
                        "delete 2026-11-19T02:00:00Z not in last=2");
    }

    @Test
    void keepsTheNewestOfEachDay() {
        add("2026-11-19T02:00:00Z");
        add("2026-11-19T14:00:00Z");
        add("2026-11-20T02:00:00Z");
        add("2026-11-20T14:00:00Z");

        assertThat(deleted("daily=2", ZoneOffset.UTC)).containsExactly("2026-11-20T02:00:00Z", "2026-11-19T02:00:00Z");
    }

    @Test
    void beginsDaysInTheZoneOfTheSecret() {
        add("2026-11-19T22:30:00Z");
        add("2026-11-19T23:30:00Z");

        assertThat(deleted("daily=2", ZoneOffset.UTC)).containsExactly("2026-11-19T22:30:00Z");
        assertThat(deleted("daily=2", ZoneId.of("Europe/Berlin"))).isEmpty();
    }

    @Test
    void tellsTheTwoHoursApartThatHaveTheSameNameWhenClocksAreSetBack() {
        add("2026-10-25T00:30:00Z");
        add("2026-10-25T01:30:00Z");

        assertThat(deleted("hourly=2", ZoneId.of("Europe/Berlin"))).isEmpty();
    }

    @Test
    void keepsWeeksMonthsAndYearsThatHaveADump() {
        add("2024-12-30T02:00:00Z");
        add("2025-01-01T02:00:00Z");
        add("2026-06-30T02:00:00Z");
        add("2026-11-15T02:00:00Z");
        add("2026-11-16T02:00:00Z");

        // 2024-12-30 and 2025-01-01 are in the same ISO week.
        assertThat(deleted("weekly=9", ZoneOffset.UTC)).containsExactly("2024-12-30T02:00:00Z");
        assertThat(deleted("monthly=2", ZoneOffset.UTC))
                .containsExactly("2026-11-15T02:00:00Z", "2025-01-01T02:00:00Z", "2024-12-30T02:00:00Z");
        assertThat(deleted("yearly=3", ZoneOffset.UTC)).containsExactly("2026-11-15T02:00:00Z", "2026-06-30T02:00:00Z");
    }

    /** Otherwise it would be the newest one for years, and take the place of each good dump. */
    @Test
    void keepsADumpThatAWrongClockNamedAndGivesItNoPlace() {
        add("2026-11-19T02:00:00Z");
        add("2026-11-20T02:00:00Z");
        add("2101-11-27T02:00:00Z", Trait.UNREADABLE);

        assertThat(decide("last=1"))
                .containsExactly(
                        "keep 2101-11-27T02:00:00Z named for an instant that hasn't come",
                        "keep 2026-11-20T02:00:00Z the newest good dump, last 1 of 1",
                        "delete 2026-11-19T02:00:00Z not in last=1");
    }

    @Test
    void deletesNothingWithoutAPolicy() {
        add("2020-11-19T02:00:00Z");
        add("2020-11-20T02:00:00Z");

        assertThat(Retention.decide(dumps, RetentionPolicy.KEEP_ALL, ZoneOffset.UTC, NOW, false))
                .allMatch(decision -> decision.reason().equals("no autodump:retention"))
                .noneMatch(RetentionDecision::delete);
    }

    @Test
    void deletesNothingWhileTheDatabaseIsOverdue() {
        add("2026-10-19T02:00:00Z");
        add("2026-10-20T02:00:00Z");

        assertThat(Retention.decide(dumps, RetentionPolicy.parse("last=1"), ZoneOffset.UTC, NOW, true))
                .noneMatch(RetentionDecision::delete);
    }

    @Test
    void deletesNothingWhileTheNewestDumpIsSuspiciousOrUnreadable() {
        add("2026-11-17T02:00:00Z");
        add("2026-11-18T02:00:00Z");
        add("2026-11-19T02:00:00Z", Trait.SUSPICIOUS);
        assertThat(deleted("last=1", ZoneOffset.UTC)).isEmpty();

        add("2026-11-20T02:00:00Z", Trait.UNREADABLE);
        assertThat(deleted("last=1", ZoneOffset.UTC)).isEmpty();

        add("2026-11-21T02:00:00Z");
        assertThat(deleted("last=1", ZoneOffset.UTC))
                .containsExactly("2026-11-19T02:00:00Z", "2026-11-18T02:00:00Z", "2026-11-17T02:00:00Z");
    }

    @Test
    void protectsWhatIsProvenLockedYoungOrUnknown() {
        add("2026-11-15T02:00:00Z", Trait.PROVEN);
        add("2026-11-16T02:00:00Z", Trait.PROVEN);
        add("2026-11-17T02:00:00Z", Trait.LOCKED);
        add("2026-11-18T02:00:00Z", Trait.UNREADABLE);
        add("2026-11-21T13:00:00Z");
        add("2026-11-22T02:00:00Z");

        assertThat(deleted("last=1", ZoneOffset.UTC)).containsExactly("2026-11-15T02:00:00Z");
    }

    @Test
    void protectsADumpThatWasMadeLate() {
        DumpKey key = key(Instant.parse("2026-11-01T02:00:00Z"));
        dumps.add(new RetainedDump(key, key.scheduledAt(), NOW.minusSeconds(60), Set.of()));
        add("2026-11-20T02:00:00Z");

        assertThat(deleted("last=1", ZoneOffset.UTC)).isEmpty();
    }

    @Test
    void protectsTheOnlyDump() {
        add("2020-11-15T02:00:00Z", Trait.SUSPICIOUS);
        add("2020-11-15T01:00:00Z", Trait.UNREADABLE);

        assertThat(deleted("last=1", ZoneOffset.UTC)).isEmpty();
    }

    private void add(String instant, Trait... traits) {
        Instant at = Instant.parse(instant);
        dumps.add(new RetainedDump(key(at), at, at.plusSeconds(60), Set.of(traits)));
    }

    private static DumpKey key(Instant at) {
        return DumpKey.of(Optional.empty(), "orders", "shop", at, ".dump");
    }

    private List<String> decide(String policy) {
        return Retention.decide(dumps, RetentionPolicy.parse(policy), ZoneOffset.UTC, NOW, false).stream()
                .map(decision -> (decision.delete() ? "delete " : "keep ")
                        + decision.dump().scheduledAt() + " " + decision.reason())
                .toList();
    }

    private List<String> deleted(String policy, ZoneId zone) {
        return Retention.decide(dumps, RetentionPolicy.parse(policy), zone, NOW, false).stream()
                .filter(RetentionDecision::delete)
                .map(decision -> decision.dump().scheduledAt().toString())
                .toList();
    }
}
