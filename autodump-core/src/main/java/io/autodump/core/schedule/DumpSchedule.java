package io.autodump.core.schedule;

import com.google.common.hash.Hashing;
import io.autodump.core.internal.ValueStyle;
import io.autodump.core.secret.SecretId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * The effective schedule of a secret. A run happens at an instant of the cron expression plus the secret's own
 * offset, which is less than the jitter. The offset is fixed: the same questions have the same answers. Immutable
 * and thread-safe.
 */
@Value.Immutable
@ValueStyle
public abstract class DumpSchedule {
    /** The default catch-up window: 6 hours. */
    public static final Duration DEFAULT_CATCH_UP = Duration.ofHours(6);

    /** The id is the text of the tag. {@link java.time.ZoneOffset#UTC} has a different one. */
    private static final ZoneId DEFAULT_ZONE = ZoneId.of("UTC");

    DumpSchedule() {}

    /** When runs happen, before the offset. */
    public abstract CronExpression cron();

    /** The time zone of the cron expression. Default: UTC. */
    @Value.Default
    public ZoneId zone() {
        return DEFAULT_ZONE;
    }

    /** Whether runs happen. False for a paused schedule, which still has its instants. Default: true. */
    @Value.Default
    public boolean enabled() {
        return true;
    }

    /**
     * The window in which each secret has its fixed offset. Not negative. Default: zero, every run starts at its
     * cron instant.
     */
    @Value.Default
    public Duration jitter() {
        return Duration.ZERO;
    }

    /** How old a missed run may be and still be made, once. Not negative. Default: {@link #DEFAULT_CATCH_UP}. */
    @Value.Default
    public Duration catchUp() {
        return DEFAULT_CATCH_UP;
    }

    @Value.Check
    protected void check() {
        if (jitter().isNegative() || catchUp().isNegative()) {
            throw new IllegalArgumentException(
                    "jitter and catchUp must not be negative: " + jitter() + ", " + catchUp());
        }
    }

    /** Returns the first run after an instant, which is excluded. Empty if the date of the expression never occurs. */
    public Optional<Instant> next(SecretId secret, Instant after) {
        Duration offset = offset(secret);
        return cron().next(inZone(after.minus(offset)))
                .map(run -> run.toInstant().plus(offset));
    }

    /** Returns the next runs after an instant, which is excluded: at most {@code count}, in ascending order. */
    public List<ZonedDateTime> upcoming(SecretId secret, Instant after, int count) {
        List<ZonedDateTime> runs = new ArrayList<>();
        Optional<Instant> run = next(secret, after);
        while (run.isPresent() && runs.size() < count) {
            runs.add(inZone(run.get()));
            run = next(secret, run.get());
        }
        return runs;
    }

    /** Returns the newest run at or before an instant; empty if there is none. */
    public Optional<Instant> previous(SecretId secret, Instant at) {
        Duration offset = offset(secret);
        Instant justAfter = at.minus(offset).plusNanos(1);
        return cron().previous(inZone(justAfter)).map(run -> run.toInstant().plus(offset));
    }

    /**
     * Returns the newest run at or before {@code now} that is younger than the catch-up window; empty if there is none.
     */
    public Optional<Instant> missed(SecretId secret, Instant now) {
        return previous(secret, now).filter(run -> Duration.between(run, now).compareTo(catchUp()) < 0);
    }

    /** Returns how long after its cron instant a run of this secret starts: whole seconds, less than the jitter. */
    Duration offset(SecretId secret) {
        long seconds = jitter().toSeconds();
        if (seconds == 0) {
            return Duration.ZERO;
        }
        long hash = Hashing.sha256()
                .hashString(secret.value(), StandardCharsets.UTF_8)
                .asLong();
        return Duration.ofSeconds(Math.floorMod(hash, seconds));
    }

    private ZonedDateTime inZone(Instant instant) {
        return instant.atZone(zone());
    }

    /** Starts with every default. */
    public static Builder builder() {
        return ImmutableDumpSchedule.builder();
    }

    /**
     * Builds a {@link DumpSchedule}. {@code cron} is required; everything else has a default. If a value is set
     * twice, the last one counts. No argument may be null. Not thread-safe.
     */
    public abstract static class Builder {
        Builder() {}

        /** Copies every value of another schedule. */
        public abstract Builder from(DumpSchedule instance);

        /** When runs happen. Required. */
        public abstract Builder cron(CronExpression cron);

        /** The time zone of the cron expression. Default: UTC. */
        public abstract Builder zone(ZoneId zone);

        /** Whether runs happen; false pauses the schedule. Default: true. */
        public abstract Builder enabled(boolean enabled);

        /**
         * The window in which each secret has its own fixed offset; fractions of a second have no effect. Not
         * negative. Default: zero, every run starts at its cron instant.
         */
        public abstract Builder jitter(Duration jitter);

        /**
         * How old a missed run may be and still be made, once. Not negative. Default: {@link
         * DumpSchedule#DEFAULT_CATCH_UP}, 6 hours.
         */
        public abstract Builder catchUp(Duration catchUp);

        /**
         * Builds the schedule.
         *
         * @throws IllegalStateException if {@code cron} is missing
         * @throws IllegalArgumentException if {@code jitter} or {@code catchUp} is negative
         */
        public abstract DumpSchedule build();
    }
}
