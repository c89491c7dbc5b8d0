package io.autodump.local.run;

import io.autodump.core.error.Problem;
import java.util.List;

/**
 * The runs that wait.
 *
 * @param runs earliest first
 * @param unreadable files that were no runs and have been moved aside, with what is wrong; reported once each
 */
public record PendingRuns(List<PendingRun> runs, List<Problem> unreadable) {
    public PendingRuns {
        runs = List.copyOf(runs);
        unreadable = List.copyOf(unreadable);
    }
}
