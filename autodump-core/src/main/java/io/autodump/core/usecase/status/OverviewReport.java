package io.autodump.core.usecase.status;

import java.time.Instant;
import java.util.List;

/**
 * What a page shows about all databases. Immutable.
 *
 * @param checkedAt when it was looked
 * @param databases one for each tagged secret, in the order of their names
 * @param failures what couldn't be read, and why; empty if the report is complete
 */
public record OverviewReport(Instant checkedAt, List<DatabaseOverview> databases, List<String> failures) {
    public OverviewReport {
        databases = List.copyOf(databases);
        failures = List.copyOf(failures);
    }

    /** Returns the status alone. */
    public StatusReport status() {
        return new StatusReport(
                checkedAt, databases.stream().map(DatabaseOverview::status).toList(), failures);
    }
}
