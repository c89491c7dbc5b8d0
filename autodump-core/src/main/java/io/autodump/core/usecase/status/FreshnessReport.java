package io.autodump.core.usecase.status;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The result of a freshness check of all databases. Immutable.
 *
 * @param checkedAt when the check ran
 * @param secrets one for each listed secret, in the order of their names; one for each database of a secret that asks
 *     for several
 * @param failures what couldn't be read, and why; empty if the check is complete
 */
public record FreshnessReport(Instant checkedAt, List<SecretFreshness> secrets, List<String> failures) {
    public FreshnessReport {
        secrets = List.copyOf(secrets);
        failures = List.copyOf(failures);
    }

    /** Returns the databases whose dump is overdue. */
    public List<SecretFreshness> overdue() {
        return secrets.stream()
                .filter(secret -> secret.status() == SecretFreshness.Status.OVERDUE)
                .toList();
    }

    /**
     * Returns how many databases became overdue within this time before the check, while others were overdue already.
     * Returns 0 if no others were, because the first overdue database has an alarm of its own.
     */
    public long furtherOverdue(Duration within) {
        long further = newlyOverdue(within);
        return overdue().size() > further ? further : 0;
    }

    /** Returns how many databases became overdue within this time before the check. */
    public long newlyOverdue(Duration within) {
        Instant since = checkedAt.minus(within);
        return overdue().stream()
                .filter(secret -> secret.deadline().filter(since::isBefore).isPresent())
                .count();
    }

    /** Returns whether everything could be read. */
    public boolean isComplete() {
        return failures.isEmpty();
    }
}
