package io.autodump.cli.report;

import io.autodump.core.dump.NotIncluded;
import io.autodump.core.error.Problem;
import io.autodump.core.plan.Deployment;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.plan.TagsHash;
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
 * @param tags its tags, with the defaults of those that can't be read; empty if its schedule can't be read
 * @param hash the hash of its tags, with the defaults of those that can't be read; empty if its schedule can't be read
 * @param runs the next runs; for a paused secret, the runs that it would have
 * @param problems what is wrong with the tags
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
        /** It is a replica, and its database is dumped in the region of the primary. */
        REPLICA,
        /** Another deployment dumps its database. */
        ELSEWHERE,
        /** It has no tag {@code autodump:start-schedule}. */
        UNSCHEDULED,
        /** Its schedule can't be read. */
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
    public static SecretPlan of(TaggedSecret secret, Instant now, Deployment deployment) {
        SecretTags tags = SecretTags.read(secret.tags());
        List<Problem> problems = tags.problems().all();
        if (deployment.isOther(tags)) {
            return new SecretPlan(
                    secret.name(),
                    Status.ELSEWHERE,
                    Optional.of(tags),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    List.of());
        }
        if (tags.dumpedIn(secret).isPresent()) {
            return new SecretPlan(
                    secret.name(),
                    Status.REPLICA,
                    Optional.of(tags),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    List.of());
        }
        if (!tags.problems().schedule().isEmpty()) {
            return new SecretPlan(
                    secret.name(), Status.INVALID, Optional.empty(), Optional.empty(), List.of(), problems, List.of());
        }
        return new SecretPlan(
                secret.name(),
                status(tags),
                Optional.of(tags),
                Optional.of(TagsHash.of(tags)),
                tags.schedule()
                        .map(schedule -> schedule.upcoming(secret.id(), now, RUNS))
                        .orElse(List.of()),
                problems,
                List.of());
    }

    /** The same plan with what the secret's newest dump left out. */
    public SecretPlan notIncluded(List<NotIncluded> things) {
        return new SecretPlan(name, status, tags, hash, runs, problems, things);
    }

    private static Status status(SecretTags tags) {
        if (tags.paused()) {
            return Status.PAUSED;
        }
        return tags.schedule().map(schedule -> Status.SCHEDULED).orElse(Status.UNSCHEDULED);
    }
}
