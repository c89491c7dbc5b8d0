package io.autodump.cli.report;

import io.autodump.core.dump.NotIncluded;
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
 * The next runs of one secret.
 *
 * @param name the name of the secret
 * @param status the state of its schedule
 * @param tags its tags; empty if they are invalid
 * @param hash the hash of its tags; empty if they are invalid
 * @param runs the next runs; for a paused secret, the runs that it would have
 * @param problems what is wrong with the tags of an invalid secret
 * @param notIncluded what the secret's newest dump left out
 */
public record SecretPlan(
        String name,
        Status status,
        Optional<SecretTags> tags,
        Optional<TagsHash> hash,
        List<ZonedDateTime> runs,
        List<Problem> problems,
        List<NotIncluded> notIncluded) {
    /** How many runs a plan shows. */
    public static final int RUNS = 5;

    /** The state of a schedule. */
    public enum Status {
        /** It has runs. */
        SCHEDULED,
        /** Its tag {@code autodump:enabled} is {@code false}. */
        PAUSED,
        /** It has no tag {@code autodump:start-schedule}. */
        UNSCHEDULED,
        /** Its tags are invalid. */
        INVALID;

        /** The status as a word, for people and programs. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Copies the lists. */
    public SecretPlan {
        runs = List.copyOf(runs);
        problems = List.copyOf(problems);
        notIncluded = List.copyOf(notIncluded);
    }

    /** The plan for the current tags. */
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
                    List.of(),
                    List.of());
        } catch (InvalidInputException invalid) {
            return new SecretPlan(
                    secret.name(),
                    Status.INVALID,
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    invalid.problems(),
                    List.of());
        }
    }

    /** The same plan with what the secret's newest dump left out. */
    public SecretPlan notIncluded(List<NotIncluded> things) {
        return new SecretPlan(name, status, tags, hash, runs, problems, things);
    }

    private static Status status(SecretTags tags) {
        return tags.schedule()
                .map(DumpSchedule::enabled)
                .map(enabled -> enabled ? Status.SCHEDULED : Status.PAUSED)
                .orElse(Status.UNSCHEDULED);
    }
}
