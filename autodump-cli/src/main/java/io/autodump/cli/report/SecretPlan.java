package io.autodump.cli.report;

import io.autodump.core.error.InvalidInputException;
import io.autodump.core.error.Problem;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.plan.TagsHash;
import io.autodump.core.schedule.DumpSchedule;
import io.autodump.core.secret.TaggedSecret;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What will happen to one secret, and when.
 *
 * @param name of the secret
 * @param status in a word
 * @param tags what they say; empty if they are invalid
 * @param hash of the tags; empty if they are invalid
 * @param runs the next runs, for a paused secret those it would have
 * @param problems by tag; only for an invalid secret
 */
public record SecretPlan(
        String name,
        Status status,
        Optional<SecretTags> tags,
        Optional<TagsHash> hash,
        List<ZonedDateTime> runs,
        List<Problem> problems) {
    /** How many runs a plan shows. */
    public static final int RUNS = 5;

    /** In a word. */
    public enum Status {
        SCHEDULED,
        PAUSED,
        UNSCHEDULED,
        INVALID;

        /** The word for people and programs. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public SecretPlan {
        runs = List.copyOf(runs);
        problems = List.copyOf(problems);
    }

    /** The plan as the tags are now. */
    public static SecretPlan of(TaggedSecret secret, Instant now) {
        try {
            SecretTags tags = SecretTags.parse(secret.name(), secret.tags());
            return new SecretPlan(
                    secret.name(),
                    status(tags),
                    Optional.of(tags),
                    Optional.of(TagsHash.of(tags)),
                    tags.schedule()
                            .map(schedule -> schedule.upcoming(secret.id(), now, RUNS))
                            .orElse(List.of()),
                    List.of());
        } catch (InvalidInputException invalid) {
            return new SecretPlan(
                    secret.name(), Status.INVALID, Optional.empty(), Optional.empty(), List.of(), invalid.problems());
        }
    }

    private static Status status(SecretTags tags) {
        return tags.schedule()
                .map(DumpSchedule::enabled)
                .map(enabled -> enabled ? Status.SCHEDULED : Status.PAUSED)
                .orElse(Status.UNSCHEDULED);
    }
}
