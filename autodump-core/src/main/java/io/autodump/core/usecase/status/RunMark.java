package io.autodump.core.usecase.status;

import java.time.Instant;

/**
 * How one run ended. Immutable.
 *
 * @param scheduledAt the instant for which the run was scheduled
 * @param outcome how it ended; of an old dump, whose manifest wasn't read, only that it was made or proven
 */
public record RunMark(Instant scheduledAt, HistoryEntry.Outcome outcome) {}
