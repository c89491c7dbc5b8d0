package io.autodump.core.dump;

import io.autodump.core.error.ErrorCode;
import java.time.Instant;
import java.util.Optional;

/**
 * The outcome of a run, or a change of what a database has: its dump is overdue, or there is a good one again. Contains
 * no secret's value. Immutable.
 */
public sealed interface DumpEvent {
    /** Returns the name of the run's secret; its id if the secret doesn't exist. */
    String secretName();

    /** Returns the instant for which the run was scheduled. */
    Instant scheduledAt();

    /**
     * The dump is verified and published.
     *
     * @param manifest the manifest of the dump
     */
    record Succeeded(DumpManifest manifest) implements DumpEvent {
        @Override
        public String secretName() {
            return manifest.secretName();
        }

        @Override
        public Instant scheduledAt() {
            return manifest.scheduledAt();
        }
    }

    /**
     * No dump was published (with {@link ErrorCode#OUTCOME_UNKNOWN}, perhaps one was). The category of the code says
     * who must act.
     *
     * @param secretName the name of the run's secret
     * @param scheduledAt the instant for which the run was scheduled
     * @param code what failed
     * @param report the whole text for a person, as of {@link io.autodump.core.error.AutoDumpException#report()}
     * @param database the database, if the run dumps several; empty otherwise
     */
    record Failed(String secretName, Instant scheduledAt, ErrorCode code, String report, Optional<String> database)
            implements DumpEvent {
        /** As the other constructor, for a run of one database. */
        public Failed(String secretName, Instant scheduledAt, ErrorCode code, String report) {
            this(secretName, scheduledAt, code, report, Optional.empty());
        }
    }

    /**
     * The run wasn't made, and its catch-up window is over.
     *
     * @param secretName the name of the run's secret
     * @param scheduledAt the instant for which the run was scheduled
     * @param later how many later runs of the same break were missed too; 0 or more
     */
    record Missed(String secretName, Instant scheduledAt, int later) implements DumpEvent {
        /** As the other constructor, for a single run. */
        public Missed(String secretName, Instant scheduledAt) {
            this(secretName, scheduledAt, 0);
        }
    }

    /**
     * The run must have ended by now, and there is no dump of it. Published when that begins, and once on each day
     * that follows.
     *
     * @param secretName the name of the run's secret
     * @param scheduledAt the instant for which the newest overdue run was scheduled
     * @param days how many days the database has been overdue; 0 when it begins
     * @param lastDump the scheduled instant of the newest dump; empty if there is none
     * @param reason what is missing, and why if that is known, for a person
     * @param database the database, if the secret asks for several and one of them lacks its dump; empty otherwise
     */
    record Overdue(
            String secretName,
            Instant scheduledAt,
            int days,
            Optional<Instant> lastDump,
            String reason,
            Optional<String> database)
            implements DumpEvent {
        /** As the other constructor, for a secret of one database. */
        public Overdue(String secretName, Instant scheduledAt, int days, Optional<Instant> lastDump, String reason) {
            this(secretName, scheduledAt, days, lastDump, reason, Optional.empty());
        }
    }

    /**
     * There is a dump again, after runs that failed or were missed, or after the database was overdue.
     *
     * @param manifest the manifest of the newest dump
     */
    record Recovered(DumpManifest manifest) implements DumpEvent {
        @Override
        public String secretName() {
            return manifest.secretName();
        }

        @Override
        public Instant scheduledAt() {
            return manifest.scheduledAt();
        }
    }

    /**
     * A restore drill didn't prove a dump. The dump stays as it is.
     *
     * @param secretName the name of the dump's secret
     * @param scheduledAt the instant for which the dump's run was scheduled
     * @param dump the dump
     * @param code what failed
     * @param report the whole text for a person, as of {@link io.autodump.core.error.AutoDumpException#report()}
     */
    record DrillFailed(String secretName, Instant scheduledAt, DumpKey dump, ErrorCode code, String report)
            implements DumpEvent {}

    /**
     * A dump couldn't be copied to another store. The dump itself is there, and the next run copies it again.
     *
     * @param secretName the name of the dump's secret
     * @param scheduledAt the instant for which the dump's run was scheduled
     * @param store the name of the store that lacks the copy
     * @param dump the dump
     * @param code what failed
     * @param report the whole text for a person, as of {@link io.autodump.core.error.AutoDumpException#report()}
     */
    record CopyFailed(String secretName, Instant scheduledAt, String store, DumpKey dump, ErrorCode code, String report)
            implements DumpEvent {}
}
