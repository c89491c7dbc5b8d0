package io.autodump.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What holds for every expression, zone and instant. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class CronExpressionPropertiesTest {

    @RegisterExtension
    static final RandomRuns RUNS = new RandomRuns();

    private static final int TRIES = RandomRuns.tries(1_000, 50_000);
    private static final long FIRST_SECOND =
            Instant.parse("1850-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST_SECOND =
            Instant.parse("2150-01-01T00:00:00Z").getEpochSecond();
    private static final List<String> ZONES =
            ZoneId.getAvailableZoneIds().stream().sorted().toList();

    private final Random random = RUNS.random(0);
    private final RandomCron expressions = new RandomCron(random, true);

    record Sample(String plain, CronExpression cron, ZonedDateTime start) {}

    private void forAll(Consumer<Sample> property) {
        for (int i = 0; i < TRIES; i++) {
            ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
            ZonedDateTime start = Instant.ofEpochSecond(random.nextLong(FIRST_SECOND, LAST_SECOND), random.nextInt(2))
                    .atZone(zone);
            String plain = expressions.plain(start.toLocalDateTime());
            property.accept(new Sample(plain, CronExpression.parse(expressions.respelled(plain)), start));
        }
    }

    @Test
    void nextAndPreviousUndoEachOther() {
        forAll(sample -> {
            Optional<ZonedDateTime> next = sample.cron().next(sample.start());
            Optional<ZonedDateTime> previous = sample.cron().previous(sample.start());
            assertThat(next.isPresent())
                    .as("%s", sample)
                    .isEqualTo(previous.isPresent())
                    .isNotEqualTo(sample.cron().isImpossible());
            next.ifPresent(run -> {
                assertThat(run.toInstant())
                        .as("%s", sample)
                        .isAfter(sample.start().toInstant());
                assertThat(previous.orElseThrow().toInstant())
                        .as("%s", sample)
                        .isBefore(sample.start().toInstant());
                assertThat(sample.cron().previous(run.plusNanos(1)))
                        .as("%s", sample)
                        .contains(run);
                assertThat(sample.cron().next(run.minusNanos(1)))
                        .as("%s", sample)
                        .contains(run);
                assertThat(sample.cron().next(previous.orElseThrow()).orElseThrow())
                        .as("the start, %s, or else the first run after it", sample)
                        .isIn(sample.start(), run);
                assertThat(sample.cron().previous(run).orElseThrow())
                        .as("the start, %s, or else the last run before it", sample)
                        .isIn(sample.start(), previous.orElseThrow());
            });
        });
    }

    @Test
    void upcomingAscendsStrictlyAndBackwardsIsTheSame() {
        forAll(sample -> {
            List<ZonedDateTime> runs = sample.cron().upcoming(sample.start(), 8);
            assertThat(runs).as("%s", sample).hasSize(sample.cron().isImpossible() ? 0 : 8);
            for (int i = 1; i < runs.size(); i++) {
                assertThat(runs.get(i).toInstant())
                        .as("%s", sample)
                        .isAfter(runs.get(i - 1).toInstant());
                assertThat(sample.cron().previous(runs.get(i))).as("%s", sample).contains(runs.get(i - 1));
            }
        });
    }

    @Test
    void aCanonicalTextReadsBackEqualAndIsItsOwnCanonicalText() {
        forAll(sample -> {
            CronExpression readBack = CronExpression.parse(sample.cron().canonical());
            assertThat(readBack).as("%s", sample).isEqualTo(sample.cron()).hasSameHashCodeAs(sample.cron());
            assertThat(readBack.canonical())
                    .as("%s", sample)
                    .isEqualTo(sample.cron().canonical());
            assertThat(CronExpression.parse(sample.plain())).as("%s", sample).isEqualTo(sample.cron());
            assertThat(readBack.upcoming(sample.start(), 5))
                    .as("%s", sample)
                    .isEqualTo(sample.cron().upcoming(sample.start(), 5));
        });
    }

    @Test
    void theSameValuesInAnyOrderHaveOneCanonicalText() {
        for (int i = 0; i < TRIES; i++) {
            List<Integer> minutes =
                    random.ints(1 + random.nextInt(20), 0, 60).boxed().toList();
            String shuffled = join(minutes.stream());
            String sorted = join(minutes.stream().sorted().distinct());
            assertThat(CronExpression.parse(shuffled + " 1 * * *"))
                    .hasToString(CronExpression.parse(sorted + " 1 * * *").canonical());
            assertThat(values(CronExpression.parse(shuffled + " 1 * * *").canonical()))
                    .isEqualTo(minutes.stream().sorted().distinct().toList());
        }
    }

    private static String join(Stream<Integer> values) {
        return String.join(",", values.map(String::valueOf).toList());
    }

    private static List<Integer> values(String canonical) {
        NaiveCron cron = new NaiveCron(canonical);
        ZonedDateTime hour = ZonedDateTime.parse("2025-01-01T01:00:00Z");
        return IntStream.range(0, 60)
                .filter(minute -> cron.matches(hour.withMinute(minute).toLocalDateTime()))
                .boxed()
                .toList();
    }
}
