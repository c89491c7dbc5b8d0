package io.autodump.core.dump;

import io.autodump.core.error.ErrorCode;
import java.time.Instant;

/** The outcome of a run. Contains no secret's value. Immutable. */
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
     */
    record Failed(String secretName, Instant scheduledAt, ErrorCode code, String report) implements DumpEvent {}

    /**
     * The run wasn't made, and its catch-up window is over.
     *
     * @param secretName the name of the run's secret
     * @param scheduledAt the instant for which the run was scheduled
     */
    record Missed(String secretName, Instant scheduledAt) implements DumpEvent {}

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
}
