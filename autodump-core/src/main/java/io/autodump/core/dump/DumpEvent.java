package io.autodump.core.dump;

import io.autodump.core.error.ErrorCode;
import java.time.Instant;

/** What came of a run. Never holds a secret's value. */
public sealed interface DumpEvent {
    /** The name of the secret that the run belongs to; its id if there is no such secret. */
    String secretName();

    /** The instant for which the run was scheduled. */
    Instant scheduledAt();

    /** There is a dump, whole and verified. */
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
     * There is no dump (or, with {@link ErrorCode#OUTCOME_UNKNOWN}, perhaps one), and somebody must act.
     *
     * @param code who must act follows from its category
     * @param report the whole text for a person, as of {@link io.autodump.core.error.AutoDumpException#report()}
     */
    record Failed(String secretName, Instant scheduledAt, ErrorCode code, String report) implements DumpEvent {}

    /** The run was never made, and its catch-up window is over. */
    record Missed(String secretName, Instant scheduledAt) implements DumpEvent {}
}
