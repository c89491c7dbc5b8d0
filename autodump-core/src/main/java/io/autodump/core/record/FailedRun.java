package io.autodump.core.record;

import io.autodump.core.internal.ValueStyle;
import java.time.Instant;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * A run that made no dump. A later attempt at the same run replaces the record and increments {@link #attempts()}. If
 * that attempt succeeds, the record stays beside the dump and describes the earlier attempts. Never holds a secret's
 * value. Immutable and thread-safe.
 */
@Value.Immutable
@ValueStyle
public abstract non-sealed class FailedRun implements DumpRecord {
    /** What happened. */
    public enum Outcome {
        /** An attempt failed. */
        FAILED,
        /** No attempt was made within the catch-up window. */
        MISSED
    }

    FailedRun() {}

    @Override
    public abstract RecordKey key();

    /** The name of the secret. */
    public abstract String secretName();

    /** The name of the database. Empty if the secret's value couldn't be read. */
    public abstract Optional<String> database();

    /** The instant for which the run was scheduled. */
    public abstract Instant scheduledAt();

    /** What happened. Default: {@link Outcome#FAILED}. */
    @Value.Default
    public Outcome outcome() {
        return Outcome.FAILED;
    }

    /** The code of the last failure, {@code AD-nnnn}. Empty for a missed run. */
    public abstract Optional<String> code();

    /** What happened, for a person. */
    public abstract String message();

    /** What fixes the problem. Empty if the message says it already. */
    public abstract Optional<String> hint();

    /** How many attempts have failed. Default: 0, as for a missed run. */
    @Value.Default
    public int attempts() {
        return 0;
    }

    /** When the first attempt failed, or the run was found to be missed. */
    public abstract Instant firstFailedAt();

    /** When the last attempt failed, or the run was found to be missed. */
    public abstract Instant failedAt();

    /** Where the last attempt was made. Default: {@link RunPlace#UNKNOWN}. */
    @Value.Default
    public RunPlace place() {
        return RunPlace.UNKNOWN;
    }

    /** The version of AutoDump that wrote the record. */
    public abstract String toolVersion();

    /** Starts a record without any value. */
    public static Builder builder() {
        return ImmutableFailedRun.builder();
    }

    /**
     * Builds a {@link FailedRun}. Every value is required, except {@code database}, {@code outcome}, {@code code},
     * {@code hint}, {@code attempts} and {@code place}. If a value is set twice, the last one counts. No argument may
     * be null. Not thread-safe.
     */
    public abstract static class Builder {
        Builder() {}

        /** Copies every value of another record. */
        public abstract Builder from(FailedRun instance);

        /** Copies the key of another record. */
        public abstract Builder from(DumpRecord instance);

        /** The key of the record. Required. */
        public abstract Builder key(RecordKey key);

        /** The name of the secret. Required. */
        public abstract Builder secretName(String secretName);

        /** The name of the database. Default: it isn't known. */
        public abstract Builder database(String database);

        /** The name of the database; empty, the default, if it isn't known. */
        public abstract Builder database(Optional<String> database);

        /** The instant for which the run was scheduled. Required. */
        public abstract Builder scheduledAt(Instant scheduledAt);

        /** What happened. Default: {@link FailedRun.Outcome#FAILED}. */
        public abstract Builder outcome(FailedRun.Outcome outcome);

        /** The code of the last failure, {@code AD-nnnn}. Default: none. */
        public abstract Builder code(String code);

        /** The code of the last failure; empty, the default, for a missed run. */
        public abstract Builder code(Optional<String> code);

        /** What happened, for a person; holds no secret's value. Required. */
        public abstract Builder message(String message);

        /** What fixes the problem. Default: none. */
        public abstract Builder hint(String hint);

        /** What fixes the problem; empty, the default, if the message says it already. */
        public abstract Builder hint(Optional<String> hint);

        /** How many attempts have failed. Default: 0. */
        public abstract Builder attempts(int attempts);

        /** When the first attempt failed. Required. */
        public abstract Builder firstFailedAt(Instant firstFailedAt);

        /** When the last attempt failed. Required. */
        public abstract Builder failedAt(Instant failedAt);

        /** Where the last attempt was made. Default: {@link RunPlace#UNKNOWN}. */
        public abstract Builder place(RunPlace place);

        /** The version of AutoDump that writes the record. Required. */
        public abstract Builder toolVersion(String toolVersion);

        /**
         * Builds the record.
         *
         * @throws IllegalStateException if a required value is missing; the message names all that are missing
         */
        public abstract FailedRun build();
    }
}
