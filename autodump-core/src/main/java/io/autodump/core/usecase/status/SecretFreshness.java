package io.autodump.core.usecase.status;

import io.autodump.core.error.Problem;
import io.autodump.core.internal.ValueStyle;
import io.autodump.core.secret.SecretId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** Whether a database has the dump that it should have by now. Immutable and thread-safe. */
@Value.Immutable
@ValueStyle
public abstract class SecretFreshness {
    /** The result. */
    public enum Status {
        /** There is a dump of the run that was due, or of a later one. */
        FRESH,
        /** There is no such dump. */
        OVERDUE,
        /** None was due: no schedule, paused, no run yet, or the secret was changed after the run. */
        NOT_DUE,
        /** Its schedule can't be read, or not everything could be read and the rest contains no such dump. */
        UNKNOWN
    }

    SecretFreshness() {}

    /** The id of the secret. */
    public abstract SecretId secretId();

    /** The name of the secret. */
    public abstract String secretName();

    /** The database, if the secret asks for several ({@code autodump:databases}) and has dumps. Empty otherwise. */
    public abstract Optional<String> database();

    /** Whether the database has the dump that was due. */
    public abstract Status status();

    /** The scheduled instant of the newest run that must have ended by now. Empty if there is none. */
    public abstract Optional<Instant> due();

    /** When that run must have ended, at the latest. Present if {@link #due()} is. */
    public abstract Optional<Instant> deadline();

    /** The scheduled instant of the newest finished dump. Empty if there is none, or if it couldn't be read. */
    public abstract Optional<Instant> newestDump();

    /** What is wrong with the tags. Empty if they are valid. */
    public abstract List<Problem> problems();

    /** Starts an answer without instants and problems. */
    public static Builder builder() {
        return ImmutableSecretFreshness.builder();
    }

    /**
     * Builds a {@link SecretFreshness}. {@code secretId}, {@code secretName} and {@code status} are required. If a
     * value is set twice, the last one counts. No argument or element may be null. Not thread-safe.
     */
    public abstract static class Builder {
        Builder() {}

        /** Copies every value of another answer. Its problems are added to those that are set already. */
        public abstract Builder from(SecretFreshness instance);

        /** The id of the secret. Required. */
        public abstract Builder secretId(SecretId secretId);

        /** The name of the secret. Required. */
        public abstract Builder secretName(String secretName);

        /** The database, if the secret asks for several. Default: the one that the secret names. */
        public abstract Builder database(String database);

        /** The database, if the secret asks for several; empty, the default, for the one that the secret names. */
        public abstract Builder database(Optional<String> database);

        /** Whether the database has the dump that was due. Required. */
        public abstract Builder status(SecretFreshness.Status status);

        /** The scheduled instant of the newest run that must have ended by now. Default: none. */
        public abstract Builder due(Instant due);

        /** The scheduled instant of the newest run that must have ended by now; empty, the default, for none. */
        public abstract Builder due(Optional<? extends Instant> due);

        /** When that run must have ended, at the latest. Default: none. */
        public abstract Builder deadline(Instant deadline);

        /** When that run must have ended, at the latest; empty, the default, for none. */
        public abstract Builder deadline(Optional<? extends Instant> deadline);

        /** The scheduled instant of the newest finished dump. Default: none. */
        public abstract Builder newestDump(Instant newestDump);

        /** The scheduled instant of the newest finished dump; empty, the default, for none. */
        public abstract Builder newestDump(Optional<? extends Instant> newestDump);

        /** Adds one problem of the tags. */
        public abstract Builder addProblems(Problem element);

        /** Adds problems of the tags. */
        public abstract Builder addProblems(Problem... elements);

        /** Replaces the problems of the tags. Default: none. */
        public abstract Builder problems(Iterable<? extends Problem> elements);

        /** Adds problems of the tags. */
        public abstract Builder addAllProblems(Iterable<? extends Problem> elements);

        /**
         * Builds the answer.
         *
         * @throws IllegalStateException if a required value is missing; the message names all that are missing
         */
        public abstract SecretFreshness build();
    }
}
