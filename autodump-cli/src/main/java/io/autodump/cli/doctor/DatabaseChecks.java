package io.autodump.cli.doctor;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpSettings;
import java.util.List;

/** Checks of client programs and servers. They change nothing. */
public interface DatabaseChecks {
    /** Checks that client programs are installed. */
    List<Finding> clients();

    /**
     * Checks whether a database could be dumped now: its connection and TLS, the server's version, the user's
     * privileges, and a client program for that version.
     *
     * @param secretName the subject of the findings
     */
    List<Finding> database(String secretName, DatabaseSecret database, DumpSettings settings);

    /** Checks whether restore checks can use that server. */
    Finding scratch(String secretName, DatabaseSecret server);
}
