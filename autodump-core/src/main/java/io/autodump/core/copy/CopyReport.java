package io.autodump.core.copy;

import io.autodump.core.error.AutoDumpException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was copied to one store. Immutable.
 *
 * @param store the name of the store
 * @param items the dumps that lacked their copy, in the order in which they were copied
 * @param failure the failure that ended it early; empty if every missing copy was tried
 */
public record CopyReport(String store, List<CopyItem> items, Optional<AutoDumpException> failure) {
    public CopyReport {
        items = List.copyOf(items);
    }

    /** Returns the failures, of single dumps and of the whole. */
    public List<AutoDumpException> failures() {
        return Stream.concat(items.stream().flatMap(item -> item.failure().stream()), failure.stream())
                .distinct()
                .toList();
    }
}
