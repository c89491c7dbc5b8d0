package io.autodump.core.usecase.retain;

import io.autodump.core.error.AutoDumpException;
import java.util.List;
import java.util.Optional;

/**
 * The result of a prune. Immutable.
 *
 * @param dryRun whether nothing was deleted
 * @param items one for each dump of a secret with {@code autodump:retention}, and for everything that is deleted
 * @param problems secrets that were passed over, and why
 * @param failure the failure that ended the prune early; everything in {@code items} was done before it
 */
public record PruneReport(
        boolean dryRun, List<PruneItem> items, List<String> problems, Optional<AutoDumpException> failure) {
    public PruneReport {
        items = List.copyOf(items);
        problems = List.copyOf(problems);
    }

    /** Returns how many things of a kind were deleted, or would be. */
    public long deleted(PruneItem.Kind kind) {
        return items.stream()
                .filter(item -> item.deleted() && item.kind() == kind)
                .count();
    }
}
