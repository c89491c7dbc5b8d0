package io.autodump.core.usecase.schedule;

import java.util.List;
import java.util.Optional;

/**
 * The result of a scan. Immutable.
 *
 * @param outcomes one for each listed secret, in the order of their names
 * @param listingFailure why the list of secrets is incomplete; empty if it is complete
 */
public record ScanResult(List<SecretOutcome> outcomes, Optional<String> listingFailure) {
    public ScanResult {
        outcomes = List.copyOf(outcomes);
    }

    /** Returns whether the scan did all of its work. Problems of tags don't matter. */
    public boolean isComplete() {
        return listingFailure.isEmpty() && outcomes.stream().noneMatch(SecretOutcome::isUndone);
    }

    /** Returns whether the scan was complete and no secret needs attention. */
    public boolean isClean() {
        return listingFailure.isEmpty() && outcomes.stream().noneMatch(SecretOutcome::isTrouble);
    }
}
