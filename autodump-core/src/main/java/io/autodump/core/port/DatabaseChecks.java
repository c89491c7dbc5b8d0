package io.autodump.core.port;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.error.Finding;
import java.util.List;

/**
 * Checks client programs and servers before a dump needs them. Changes nothing, and reports failures as findings
 * instead of exceptions. Thread-safe.
 */
public interface DatabaseChecks {
    /** Returns the installed client programs; a failed finding if there are none. */
    List<Finding> clients();

    /**
     * Checks whether a database could be dumped now: the connection and its security, the server's version, the user's
     * privileges, and a client for the server.
     *
     * @param secretName the subject of the findings
     */
    List<Finding> database(String secretName, DatabaseSecret database, DumpSettings settings);

    /**
     * Checks whether dumps could be restored into a scratch server.
     *
     * @param secretName the subject of the finding
     * @param server a connection to any database of the server
     */
    Finding scratch(String secretName, DatabaseSecret server);

    /**
     * Checks whether the dump of a database could be restored into a scratch server. The default looks only at the
     * server, not at the database.
     *
     * @param secretName the subject of the finding
     * @param server a connection to any database of the server
     * @param database the database to dump
     * @param settings how it is dumped
     */
    default Finding scratch(String secretName, DatabaseSecret server, DatabaseSecret database, DumpSettings settings) {
        return scratch(secretName, server);
    }
}
