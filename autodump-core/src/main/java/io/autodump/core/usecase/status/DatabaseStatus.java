package io.autodump.core.usecase.status;

import io.autodump.core.copy.CopyStatus;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.Problem;
import io.autodump.core.internal.ValueStyle;
import io.autodump.core.record.Attestation;
import io.autodump.core.record.FailedDrill;
import io.autodump.core.record.FailedRun;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.immutables.value.Value;

/** Whether a database has a good dump, and what happened last. Immutable and thread-safe. */
@Value.Immutable
@ValueStyle
public abstract class DatabaseStatus {
    /** The answer in one word. If several are true, the first of this list counts. */
    public enum State {
        /** {@code autodump:enabled} is {@code false}. */
        PAUSED,
        /** The newest run failed, and no dump was made since. */
        FAILING,
        /** There is no dump of the run that must have ended by now. */
        OVERDUE,
        /** There is no dump at all, or the tags have a problem that stops dumps. */
        UNPROTECTED,
        /** The newest dump has lost much of what its predecessors had, and no person has acknowledged it. */
        SUSPICIOUS,
        /** A run is due and has no dump yet, but may still be made in time. */
        LATE,
        /** No run that was due lacks its dump. */
        FRESH;

        /** Returns the word for people and programs, for example {@code fresh}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    DatabaseStatus() {}

    /** The name of the secret. */
    public abstract String secretName();

    /** The database, if the secret asks for several ({@code autodump:databases}) and has dumps. Empty otherwise. */
    public abstract Optional<String> database();

    /** Returns how people call it: the name of the secret, and of one of several databases, {@code erp/orders}. */
    public String displayName() {
        return displayName(secretName(), database());
    }

    /** Returns how people call a database of a secret, or the secret if there is one database. */
    public static String displayName(String secretName, Optional<String> database) {
        return secretName + database.map(name -> "/" + name).orElse("");
    }

    /** The answer in one word. */
    public abstract State state();

    /** Whether an operator must act. Default: false. */
    @Value.Default
    public boolean needsOperator() {
        return false;
    }

    /** The newest dumps, newest first; at most 10. */
    public abstract List<DumpManifest> newestDumps();

    /** The newest of these dumps that isn't suspicious, or was acknowledged. Empty if there is none. */
    public abstract Optional<DumpManifest> lastGood();

    /** The newest of these dumps that a restore has proven. Empty if there is none. */
    public abstract Optional<DumpManifest> lastProven();

    /** What the drill of {@link #lastProven} compared. Empty if its restore was checked before it was published. */
    public abstract Optional<Attestation> lastProof();

    /** The last restore drill, if it failed. Empty if it proved its dump, or there was none. */
    public abstract Optional<FailedDrill> failedDrill();

    /** The last run that failed or was missed, even if a dump was made since. Empty if there is none. */
    public abstract Optional<FailedRun> lastFailure();

    /** The next run. Empty if there is no schedule or it is paused. */
    public abstract Optional<Instant> nextRun();

    /** The scheduled instant of the newest run that must have ended by now. Empty if there is none. */
    public abstract Optional<Instant> due();

    /** What is wrong with the tags. */
    public abstract List<Problem> problems();

    /** For each store that dumps are copied to and that can be read: which of the newest dumps lack their copy. */
    public abstract List<CopyStatus> copies();

    /**
     * Returns whether there is no dump of the run that must have ended by now, whatever else is true, or whether dumps
     * are stopped altogether. False for a paused database, and for one whose first run is still to come.
     */
    public boolean isWithoutDueDump() {
        return switch (state()) {
            case OVERDUE -> true;
            case UNPROTECTED -> needsOperator();
            case FAILING ->
                due().filter(run -> newestDumps().stream()
                                .allMatch(dump -> dump.scheduledAt().isBefore(run)))
                        .isPresent();
            case PAUSED, SUSPICIOUS, LATE, FRESH -> false;
        };
    }

    /** Starts a status without dumps. */
    public static Builder builder() {
        return ImmutableDatabaseStatus.builder();
    }

    /**
     * Builds a {@link DatabaseStatus}. {@code secretName} and {@code state} are required. If a value is set twice, the
     * last one counts. No argument or element may be null. Not thread-safe.
     */
    public abstract static class Builder {
        Builder() {}

        /** Copies every value of another status. Its dumps, problems and copies are added to those of this builder. */
        public abstract Builder from(DatabaseStatus instance);

        /** The name of the secret. Required. */
        public abstract Builder secretName(String secretName);

        /** The database, if the secret asks for several. Default: the one that the secret names. */
        public abstract Builder database(String database);

        /** The database, if the secret asks for several; empty, the default, for the one that the secret names. */
        public abstract Builder database(Optional<String> database);

        /** The answer in one word. Required. */
        public abstract Builder state(DatabaseStatus.State state);

        /** Whether an operator must act. Default: false. */
        public abstract Builder needsOperator(boolean needsOperator);

        /** Adds a dump, older than those that are set already. */
        public abstract Builder addNewestDumps(DumpManifest element);

        /** Adds dumps, older than those that are set already. */
        public abstract Builder addNewestDumps(DumpManifest... elements);

        /** Replaces the newest dumps, newest first. Default: none. */
        public abstract Builder newestDumps(Iterable<? extends DumpManifest> elements);

        /** Adds dumps, older than those that are set already. */
        public abstract Builder addAllNewestDumps(Iterable<? extends DumpManifest> elements);

        /** The newest good dump. Default: none. */
        public abstract Builder lastGood(DumpManifest lastGood);

        /** The newest good dump; empty, the default, for none. */
        public abstract Builder lastGood(Optional<? extends DumpManifest> lastGood);

        /** The newest proven dump. Default: none. */
        public abstract Builder lastProven(DumpManifest lastProven);

        /** The newest proven dump; empty, the default, for none. */
        public abstract Builder lastProven(Optional<? extends DumpManifest> lastProven);

        /** What the drill of the newest proven dump compared. Default: none. */
        public abstract Builder lastProof(Attestation lastProof);

        /** What the drill of the newest proven dump compared; empty, the default, for none. */
        public abstract Builder lastProof(Optional<? extends Attestation> lastProof);

        /** The last restore drill, if it failed. Default: none. */
        public abstract Builder failedDrill(FailedDrill failedDrill);

        /** The last restore drill, if it failed; empty, the default, for none. */
        public abstract Builder failedDrill(Optional<? extends FailedDrill> failedDrill);

        /** The last run that failed or was missed. Default: none. */
        public abstract Builder lastFailure(FailedRun lastFailure);

        /** The last run that failed or was missed; empty, the default, for none. */
        public abstract Builder lastFailure(Optional<? extends FailedRun> lastFailure);

        /** The next run. Default: none. */
        public abstract Builder nextRun(Instant nextRun);

        /** The next run; empty, the default, for none. */
        public abstract Builder nextRun(Optional<? extends Instant> nextRun);

        /** The newest run that must have ended by now. Default: none. */
        public abstract Builder due(Instant due);

        /** The newest run that must have ended by now; empty, the default, for none. */
        public abstract Builder due(Optional<? extends Instant> due);

        /** Adds what one store lacks. */
        public abstract Builder addCopies(CopyStatus element);

        /** Adds what stores lack. */
        public abstract Builder addCopies(CopyStatus... elements);

        /** Replaces what stores lack. Default: no stores. */
        public abstract Builder copies(Iterable<? extends CopyStatus> elements);

        /** Adds what stores lack. */
        public abstract Builder addAllCopies(Iterable<? extends CopyStatus> elements);

        /** Adds one problem of the tags. */
        public abstract Builder addProblems(Problem element);

        /** Adds problems of the tags. */
        public abstract Builder addProblems(Problem... elements);

        /** Replaces the problems of the tags. Default: none. */
        public abstract Builder problems(Iterable<? extends Problem> elements);

        /** Adds problems of the tags. */
        public abstract Builder addAllProblems(Iterable<? extends Problem> elements);

        /**
         * Builds the status.
         *
         * @throws IllegalStateException if a required value is missing; the message names all that are missing
         */
        public abstract DatabaseStatus build();
    }
}
