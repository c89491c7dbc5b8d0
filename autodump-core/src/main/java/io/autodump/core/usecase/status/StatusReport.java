package io.autodump.core.usecase.status;

import java.time.Instant;
import java.util.List;

/**
 * The status of databases. Immutable.
 *
 * @param checkedAt when it was looked
 * @param databases one for each tagged secret, in the order of their names
 * @param failures what couldn't be read, and why; empty if the report is complete
 */
public record StatusReport(Instant checkedAt, List<DatabaseStatus> databases, List<String> failures) {
    public StatusReport {
        databases = List.copyOf(databases);
        failures = List.copyOf(failures);
    }

    /** Returns the databases for which an operator must act. */
    public List<DatabaseStatus> trouble() {
        return databases.stream().filter(DatabaseStatus::needsOperator).toList();
    }
}
