package io.autodump.postgres.server;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Compares the clock of this machine with that of a server. Dumps are named by the clock of this machine. */
final class ClockComparison {
    private static final String NOW = "SELECT extract(epoch FROM pg_catalog.clock_timestamp())::bigint";
    private static final Duration TOLERANCE = Duration.ofHours(1);

    private ClockComparison() {}

    /** What to say about the clocks; empty if they differ by less than an hour. */
    static Optional<String> run(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(NOW)) {
            return row.next() ? compare(Instant.now(), Instant.ofEpochSecond(row.getLong(1))) : Optional.empty();
        }
    }

    static Optional<String> compare(Instant here, Instant there) {
        return Duration.between(here, there).abs().compareTo(TOLERANCE) < 0
                ? Optional.empty()
                : Optional.of("the clock of this machine shows " + here.truncatedTo(ChronoUnit.SECONDS)
                        + " and the server's shows " + there + "; the dump is named by the clock of this machine");
    }
}
