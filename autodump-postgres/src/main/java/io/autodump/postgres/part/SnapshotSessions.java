package io.autodump.postgres.part;

import io.autodump.core.database.DatabaseSecret;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Opens sessions on one snapshot. Immutable.
 *
 * @param snapshot the snapshot's name; another session holds it
 * @param lockWait how long a session waits for a lock on a table
 * @param stallTimeout how long a session may wait for a row
 */
public record SnapshotSessions(
        DatabaseSecret database, String applicationName, String snapshot, Duration lockWait, Duration stallTimeout) {
    Connection open() throws SQLException {
        return CopySession.reading(database, applicationName, snapshot, lockWait);
    }
}
