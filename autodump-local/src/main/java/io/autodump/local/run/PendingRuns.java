package io.autodump.local.run;

import io.autodump.core.error.Problem;
import java.util.List;

/**
 * The waiting runs.
 *
 * @param runs the runs, earliest first
 * @param unreadable files that aren't runs and were moved aside, with what is wrong; each is reported once
 */
public record PendingRuns(List<PendingRun> runs, List<Problem> unreadable) {
    /** Copies both lists. */
    public PendingRuns {
        runs = List.copyOf(runs);
        unreadable = List.copyOf(unreadable);
    }
}
