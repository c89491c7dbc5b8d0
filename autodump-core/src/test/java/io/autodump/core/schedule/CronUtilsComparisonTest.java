package io.autodump.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Random expressions, zones and instants against an implementation by other people. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class CronUtilsComparisonTest {

    @RegisterExtension
    static final RandomRuns RUNS = new RandomRuns();

    private static final int COMPARED = RandomRuns.tries(4_000, 100_000);
    private static final long LAST_SECOND =
            Instant.parse("2060-01-01T00:00:00Z").getEpochSecond();

    private static final List<ZoneId> ZONES = Stream.of(
                    "UTC",
                    "America/New_York",
                    "America/St_Johns",
                    "America/Sao_Paulo",
                    "Europe/Berlin",
                    "Africa/Casablanca",
                    "Asia/Kathmandu",
                    "Asia/Tehran",
                    "Australia/Lord_Howe",
                    "Pacific/Apia",
                    "Pacific/Chatham",
                    "-03:30")
            .map(ZoneId::of)
            .toList();

    private final com.cronutils.parser.CronParser reader =
            new com.cronutils.parser.CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    private final Random random = RUNS.random(0);

    /** Without ranges that wrap, which cron-utils refuses. */
    private final RandomCron expressions = new RandomCron(random, false);

    @Test
    void hasTheNextRunOfCronUtilsWhereverNoClockChangeIsNear() {
        int compared = 0;
        int leftOut = 0;
        while (compared < COMPARED) {
            ZoneId zone = ZONES.get(random.nextInt(ZONES.size()));
            ZonedDateTime start =
                    Instant.ofEpochSecond(random.nextLong(LAST_SECOND)).atZone(zone);
            String plain = expressions.plain(start.toLocalDateTime());
            Optional<ZonedDateTime> ours =
                    CronExpression.parse(expressions.respelled(plain)).next(start);
            Optional<ZonedDateTime> theirs =
                    ExecutionTime.forCron(reader.parse(plain)).nextExecution(start);
            if (isOnTheirWay(start, ours, theirs)) {
                leftOut++;
            } else {
                assertThat(ours).as("%s from %s", plain, start).isEqualTo(theirs);
                compared++;
            }
        }
        assertThat(leftOut).as("left out").isLessThan(COMPARED / 5);
    }

    /**
     * Whether cron-utils may have lost its way in a clock change. It searches from the beginning of the month and of
     * the year too, so that a change there (Nepal's at the beginning of 1986) can shift runs of a later day.
     */
    private static boolean isOnTheirWay(
            ZonedDateTime start, Optional<ZonedDateTime> ours, Optional<ZonedDateTime> theirs) {
        return Stream.of(
                        Optional.of(start),
                        Optional.of(start.withDayOfMonth(1)),
                        Optional.of(start.withDayOfYear(1)),
                        ours,
                        theirs)
                .flatMap(Optional::stream)
                .anyMatch(CronUtilsComparisonTest::isNearClockChange);
    }

    private static boolean isNearClockChange(ZonedDateTime time) {
        Duration near = Duration.ofDays(1);
        Instant instant = time.toInstant();
        ZoneOffsetTransition change = time.getZone().getRules().nextTransition(instant.minus(near));
        return change != null && change.getInstant().isBefore(instant.plus(near));
    }
}
