package io.autodump.core.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.retention.RetainedDump.Trait;
import io.autodump.core.retention.RetentionPolicy.Period;
import io.autodump.core.schedule.RandomRuns;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Random histories under random policies: no rule is ever broken. */
class RetentionPropertiesTest {
    @RegisterExtension
    private final RandomRuns runs = new RandomRuns();

    private static final int HISTORIES = RandomRuns.tries(1_000, 100_000);
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final List<ZoneId> ZONES = Stream.of(
                    "UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Apia", "Australia/Lord_Howe")
            .map(ZoneId::of)
            .toList();

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void noRuleIsEverBroken() {
        for (int i = 0; i < HISTORIES; i++) {
            History history = new History(runs.random(i));
            List<RetentionDecision> decisions = history.decide(history.dumps);
            String what = "history " + i + ": " + history;

            assertThat(decisions.stream().map(RetentionDecision::dump))
                    .as(what)
                    .containsExactlyInAnyOrderElementsOf(history.dumps);
            Set<RetainedDump> deleted = decisions.stream()
                    .filter(RetentionDecision::delete)
                    .map(RetentionDecision::dump)
                    .collect(Collectors.toSet());
            assertThat(deleted).as(what + ": protected").noneMatch(history.protectedDumps()::contains);
            assertThat(deleted).as(what + ": kept by the policy").noneMatch(history.keptByPolicy()::contains);
            assertThat(decisions)
                    .as(what)
                    .allMatch(decision -> !decision.reason().isBlank());
            history.requireNothingSuperfluous(deleted, what);
            List<RetainedDump> left = history.dumps.stream()
                    .filter(dump -> !deleted.contains(dump))
                    .toList();
            assertThat(history.decide(left)).as(what + ": again").noneMatch(RetentionDecision::delete);
        }
    }

    /** A random history of one database, and the rules in other words than the code's. */
    private static final class History {
        private static final Comparator<RetainedDump> OLDEST_FIRST =
                Comparator.comparing(RetainedDump::scheduledAt).thenComparing(RetainedDump::key);

        final List<RetainedDump> dumps = new ArrayList<>();
        private final RetentionPolicy policy;
        private final ZoneId zone;
        private final boolean overdue;

        History(Random random) {
            zone = ZONES.get(random.nextInt(ZONES.size()));
            overdue = random.nextInt(20) == 0;
            policy = policy(random);
            int number = random.nextInt(40);
            Duration step = Duration.ofMinutes(10L << random.nextInt(13));
            Instant at = NOW.plus(Duration.ofHours(random.nextInt(6) - 4L));
            for (int i = 0; i < number; i++) {
                at = at.minusSeconds(1 + (long) (random.nextDouble() * 2 * step.toSeconds()));
                dumps.add(dump(random, at));
            }
            Collections.shuffle(dumps, random);
        }

        private static RetainedDump dump(Random random, Instant at) {
            Set<Trait> traits = EnumSet.noneOf(Trait.class);
            for (Trait trait : Trait.values()) {
                if (random.nextInt(10) == 0) {
                    traits.add(trait);
                }
            }
            Duration took = Duration.ofMinutes(random.nextInt(20) == 0 ? random.nextInt(20_000) : 5);
            DumpKey key = DumpKey.of(Optional.empty(), "orders", "shop", at, random.nextBoolean() ? ".dump" : ".sql");
            return new RetainedDump(key, at, at.plus(took), traits);
        }

        private static RetentionPolicy policy(Random random) {
            String text = Stream.of(Period.values())
                    .filter(period -> random.nextInt(3) == 0)
                    .map(period -> period.text() + "=" + (1 + random.nextInt(8)))
                    .collect(Collectors.joining(" "));
            return text.isEmpty() ? RetentionPolicy.KEEP_ALL : RetentionPolicy.parse(text);
        }

        List<RetentionDecision> decide(List<RetainedDump> of) {
            return Retention.decide(of, policy, zone, NOW, overdue);
        }

        private Optional<RetainedDump> newest(Predicate<RetainedDump> wanted) {
            return dumps.stream().filter(wanted).max(OLDEST_FIRST);
        }

        private boolean isFrozen() {
            return policy.equals(RetentionPolicy.KEEP_ALL)
                    || overdue
                    || newest(dump -> true)
                            .filter(dump -> dump.is(Trait.SUSPICIOUS) || dump.is(Trait.UNREADABLE))
                            .isPresent();
        }

        Set<RetainedDump> protectedDumps() {
            if (isFrozen()) {
                return Set.copyOf(dumps);
            }
            Set<RetainedDump> all = new HashSet<>();
            newest(dump -> !dump.is(Trait.SUSPICIOUS) && !dump.is(Trait.UNREADABLE))
                    .ifPresent(all::add);
            newest(dump -> dump.is(Trait.PROVEN)).ifPresent(all::add);
            for (RetainedDump dump : dumps) {
                boolean only = dumps.stream().allMatch(other -> other.equals(dump) || other.is(Trait.UNREADABLE));
                boolean young = Duration.between(dump.scheduledAt(), NOW).compareTo(Duration.ofDays(1)) < 0
                        || Duration.between(dump.finishedAt(), NOW).compareTo(Duration.ofDays(1)) < 0;
                if (only || young || dump.is(Trait.LOCKED) || dump.is(Trait.UNREADABLE)) {
                    all.add(dump);
                }
            }
            return all;
        }

        Set<RetainedDump> keptByPolicy() {
            Set<RetainedDump> all = new HashSet<>();
            policy.counts().forEach((period, count) -> {
                List<RetainedDump> readable = dumps.stream()
                        .filter(dump -> !dump.is(Trait.UNREADABLE))
                        .toList();
                List<String> newestPeriods = readable.stream()
                        .sorted(OLDEST_FIRST.reversed())
                        .map(dump -> name(period, dump))
                        .distinct()
                        .limit(count)
                        .toList();
                for (String name : newestPeriods) {
                    readable.stream()
                            .filter(dump -> name(period, dump).equals(name))
                            .max(OLDEST_FIRST)
                            .ifPresent(all::add);
                }
            });
            return all;
        }

        /** What is neither protected nor kept by the policy goes. */
        void requireNothingSuperfluous(Set<RetainedDump> deleted, String what) {
            Set<RetainedDump> stays = new HashSet<>(protectedDumps());
            stays.addAll(keptByPolicy());
            assertThat(deleted.size() + stays.size()).as(what).isEqualTo(dumps.size());
        }

        private String name(Period period, RetainedDump dump) {
            ZonedDateTime local = dump.scheduledAt().atZone(zone);
            return switch (period) {
                case LAST -> dump.key().value();
                case HOURLY -> text("uuuu-MM-dd HH XXX", local);
                case DAILY -> text("uuuu-MM-dd", local);
                case WEEKLY ->
                    DateTimeFormatter.ISO_WEEK_DATE.format(local.toLocalDate()).substring(0, 8);
                case MONTHLY -> text("uuuu-MM", local);
                case YEARLY -> text("uuuu", local);
            };
        }

        private static String text(String pattern, ZonedDateTime local) {
            return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(local);
        }

        @Override
        public String toString() {
            return policy + " in " + zone + (overdue ? ", overdue" : "") + " " + dumps;
        }
    }
}
