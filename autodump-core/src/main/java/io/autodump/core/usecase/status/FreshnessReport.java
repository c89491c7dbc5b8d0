package io.autodump.core.usecase.status;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a check of all databases has found.
 *
 * @param checkedAt when
 * @param secrets one for each secret that was listed, in the order of their names
 * @param failures what couldn't be read, each with why; empty if the check is complete
 */
public record FreshnessReport(Instant checkedAt, List<SecretFreshness> secrets, List<String> failures) {
    public FreshnessReport {
        secrets = List.copyOf(secrets);
        failures = List.copyOf(failures);
    }

    /** The databases without the dump that they should have by now. */
    public List<SecretFreshness> overdue() {
        return secrets.stream()
                .filter(secret -> secret.status() == SecretFreshness.Status.OVERDUE)
                .toList();
    }

    /** How many of {@link #overdue()} were not yet so that long ago. */
    public long newlyOverdue(Duration within) {
        Instant since = checkedAt.minus(within);
        return overdue().stream()
                .filter(secret -> secret.deadline().filter(since::isBefore).isPresent())
                .count();
    }

    /** Whether everything could be read. */
    public boolean isComplete() {
        return failures.isEmpty();
    }
}
