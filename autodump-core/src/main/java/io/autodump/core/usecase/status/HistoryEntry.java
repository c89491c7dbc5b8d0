package io.autodump.core.usecase.status;

import io.autodump.core.dump.DumpManifest;
import io.autodump.core.record.FailedRun;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One run of a database that has ended. Immutable.
 *
 * @param scheduledAt the instant for which the run was scheduled
 * @param outcome how it ended
 * @param dump the manifest of its dump; empty if there is none
 * @param failure the attempts that failed, also before a dump was made; empty if there was none
 */
public record HistoryEntry(
        Instant scheduledAt, Outcome outcome, Optional<DumpManifest> dump, Optional<FailedRun> failure) {
    /**
     * Returns the database, if the secret asked for several ({@code autodump:databases}). Empty otherwise, and for a
     * run that failed before its databases were known.
     *
     * @param all the whole history that this entry belongs to
     */
    public Optional<String> database(List<HistoryEntry> all) {
        boolean several = all.stream()
                .flatMap(run -> run.dump().stream())
                .anyMatch(dump -> dump.serverDatabases().isPresent());
        return dump.flatMap(made -> made.serverDatabases().map(databases -> made.database()))
                .or(() -> failure.filter(failed -> several).flatMap(FailedRun::database));
    }

    /** How a run ended. */
    public enum Outcome {
        /** There is a dump, and a restore has proven it. */
        PROVEN,
        /** There is a dump. */
        MADE,
        /** There is a dump that has lost much of what its predecessors had. */
        SUSPICIOUS,
        /** There is a suspicious dump that a person has acknowledged. */
        ACKNOWLEDGED,
        /** All attempts so far have failed. */
        FAILED,
        /** No attempt was made within the catch-up window. */
        MISSED;

        /** Returns the word for people and programs, for example {@code made}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
