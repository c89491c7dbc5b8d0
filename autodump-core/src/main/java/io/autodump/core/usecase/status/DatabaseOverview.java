package io.autodump.core.usecase.status;

import io.autodump.core.dump.DumpManifest;
import java.util.List;

/**
 * What a page shows about one database. Immutable.
 *
 * @param status its status
 * @param dumps its newest dumps, newest first
 * @param runs its newest runs that have ended, newest first: at least those of the last 60 days, if there is at most
 *     one per hour
 */
public record DatabaseOverview(DatabaseStatus status, List<DumpManifest> dumps, List<RunMark> runs) {
    public DatabaseOverview {
        dumps = List.copyOf(dumps);
        runs = List.copyOf(runs);
    }
}
