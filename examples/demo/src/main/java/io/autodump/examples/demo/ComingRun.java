package io.autodump.examples.demo;

import io.autodump.core.contract.TagNames;
import io.autodump.core.schedule.CronExpression;
import io.autodump.core.schedule.DumpSchedule;
import io.autodump.core.secret.SecretId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A run that is due in some seconds, and the tags that schedule it. A cron expression names full minutes; the jitter
 * shifts a secret's runs by an offset of its own, and the demo takes the jitter whose offset brings the run soonest.
 */
record ComingRun(Instant due, Map<String, String> tags) {
    private static final int MOST_SECONDS = 600;

    /** The first run after an instant that some jitter of at most ten minutes makes possible. */
    static ComingRun after(SecretId secret, Instant earliest) {
        return IntStream.rangeClosed(1, MOST_SECONDS)
                .mapToObj(Duration::ofSeconds)
                .map(jitter -> at(jitter, offset(secret, jitter), earliest))
                .min(Comparator.comparing(ComingRun::due))
                .orElseThrow();
    }

    private static ComingRun at(Duration jitter, Duration offset, Instant earliest) {
        ZonedDateTime minute = earliest.minus(offset)
                .atZone(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.MINUTES)
                .plusMinutes(1);
        return new ComingRun(
                minute.plus(offset).toInstant(),
                new TreeMap<>(Map.of(
                        TagNames.START_SCHEDULE,
                        minute.getMinute() + " " + minute.getHour() + " - - -",
                        TagNames.JITTER,
                        jitter.toString(),
                        TagNames.RETENTION,
                        "daily=7 weekly=5")));
    }

    /** What this jitter adds to the instants of the secret's cron expression: what it adds to a midnight. */
    private static Duration offset(SecretId secret, Duration jitter) {
        ZonedDateTime run = DumpSchedule.builder()
                .cron(CronExpression.parse("0 0 * * *"))
                .jitter(jitter)
                .build()
                .next(secret, Instant.EPOCH)
                .orElseThrow()
                .atZone(ZoneOffset.UTC);
        return Duration.between(run.truncatedTo(ChronoUnit.DAYS), run);
    }
}
