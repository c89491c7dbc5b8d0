package io.autodump.core.usecase.schedule;

import java.util.List;
import java.util.Optional;

/**
 * What a scan did, secret by secret.
 *
 * @param outcomes one for each secret that was listed, in the order of their names
 * @param listingFailure why the list of secrets isn't complete; empty if it is
 */
public record ScanResult(List<SecretOutcome> outcomes, Optional<String> listingFailure) {
    public ScanResult {
        outcomes = List.copyOf(outcomes);
    }

    /** Whether all of the work was done and no secret needs anybody's attention. */
    public boolean isClean() {
        return listingFailure.isEmpty() && outcomes.stream().noneMatch(SecretOutcome::isTrouble);
    }
}
