package io.autodump.core.usecase.schedule;

import io.autodump.core.error.Problem;
import io.autodump.core.internal.ValueStyle;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.secret.SecretId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** The result of a scan for one secret. Immutable and thread-safe. */
@Value.Immutable
@ValueStyle
public abstract class SecretOutcome {
    /** The result. */
    public enum Status {
        /** The scan started the next run, which waits now. */
        SCHEDULED,
        /** The next run was waiting already. */
        ALREADY_SCHEDULED,
        /** The next run is more than 300 days away. No run waits that long; a later scan starts it. */
        FAR_OFF,
        /** {@code autodump:enabled} is {@code false}. */
        DISABLED,
        /** It is a replica, and its database is dumped in the region of the primary. */
        REPLICA,
        /** Another deployment dumps its database: {@code autodump:deployment}. */
        OTHER_DEPLOYMENT,
        /** It has tags of AutoDump, but no {@code autodump:start-schedule}. */
        NOT_SCHEDULED,
        /** The secret was deleted. */
        GONE,
        /** The scan's deadline came first. The next scan handles the secret. */
        NOT_REACHED,
        /** Its schedule can't be read, so no run was started; {@link SecretOutcome#problems()} says why. */
        INVALID,
        /** Its schedule is valid, but the run couldn't be started; {@link SecretOutcome#failure()} says why. */
        FAILED
    }

    SecretOutcome() {}

    /** The id of the secret. */
    public abstract SecretId secretId();

    /** The name of the secret. */
    public abstract String secretName();

    /** What the scan did about the secret. */
    public abstract Status status();

    /**
     * The run that waits, with {@link Status#SCHEDULED} and {@link Status#ALREADY_SCHEDULED}; the run that will wait,
     * with {@link Status#FAR_OFF}. Empty otherwise.
     */
    public abstract Optional<ScheduledRun> nextRun();

    /** A missed run that the scan started to be made at once. Empty if there is none. */
    public abstract Optional<ScheduledRun> caughtUp();

    /**
     * What is wrong with the tags. With {@link Status#INVALID}, no run was started because of them. Otherwise its runs
     * are scheduled, and each is made with the defaults of these tags or fails at its time, as {@link
     * io.autodump.core.plan.TagProblems} says.
     */
    public abstract List<Problem> problems();

    /** When the secret or its tags last changed. Empty if unknown. */
    public abstract Optional<Instant> changedAt();

    /** Why the secret is {@link Status#FAILED}. Empty otherwise. */
    public abstract Optional<String> failure();

    /** A restore drill that was due and that the scan started. Empty if there is none. */
    public abstract Optional<ScheduledRun> drill();

    /** Returns whether the secret needs attention: its tags have problems, or something wasn't done. */
    public boolean isTrouble() {
        return isUndone() || !problems().isEmpty() || status() == Status.INVALID;
    }

    /** Returns whether the scan couldn't do its work for this secret; a later scan may. */
    public boolean isUndone() {
        return status() == Status.FAILED || status() == Status.NOT_REACHED;
    }

    /** Starts an outcome without runs and problems. */
    public static Builder builder() {
        return ImmutableSecretOutcome.builder();
    }

    /**
     * Builds a {@link SecretOutcome}. {@code secretId}, {@code secretName} and {@code status} are required. If a
     * value is set twice, the last one counts. No argument or element may be null. Not thread-safe.
     */
    public abstract static class Builder {
        Builder() {}

        /** Copies every value of another outcome. Its problems are added to those that are set already. */
        public abstract Builder from(SecretOutcome instance);

        /** The id of the secret. Required. */
        public abstract Builder secretId(SecretId secretId);

        /** The name of the secret. Required. */
        public abstract Builder secretName(String secretName);

        /** What the scan did about the secret. Required. */
        public abstract Builder status(SecretOutcome.Status status);

        /** The run that waits, or will wait. Default: none. */
        public abstract Builder nextRun(ScheduledRun nextRun);

        /** The run that waits, or will wait; empty, the default, for none. */
        public abstract Builder nextRun(Optional<? extends ScheduledRun> nextRun);

        /** A missed run that the scan started to be made at once. Default: none. */
        public abstract Builder caughtUp(ScheduledRun caughtUp);

        /** A missed run that the scan started to be made at once; empty, the default, for none. */
        public abstract Builder caughtUp(Optional<? extends ScheduledRun> caughtUp);

        /** Adds one problem of the tags. */
        public abstract Builder addProblems(Problem element);

        /** Adds problems of the tags. */
        public abstract Builder addProblems(Problem... elements);

        /** Replaces the problems of the tags. Default: none. */
        public abstract Builder problems(Iterable<? extends Problem> elements);

        /** Adds problems of the tags. */
        public abstract Builder addAllProblems(Iterable<? extends Problem> elements);

        /** When the secret or its tags last changed. Default: unknown. */
        public abstract Builder changedAt(Instant changedAt);

        /** When the secret or its tags last changed; empty, the default, for unknown. */
        public abstract Builder changedAt(Optional<? extends Instant> changedAt);

        /** Why the secret is {@link SecretOutcome.Status#FAILED}. Default: none. */
        public abstract Builder failure(String failure);

        /** Why the secret is {@link SecretOutcome.Status#FAILED}; empty, the default, for none. */
        public abstract Builder failure(Optional<String> failure);

        /** A restore drill that the scan started. Default: none. */
        public abstract Builder drill(ScheduledRun drill);

        /** A restore drill that the scan started; empty, the default, for none. */
        public abstract Builder drill(Optional<? extends ScheduledRun> drill);

        /**
         * Builds the outcome.
         *
         * @throws IllegalStateException if a required value is missing; the message names all that are missing
         */
        public abstract SecretOutcome build();
    }
}
