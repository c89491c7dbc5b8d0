package io.autodump.cli.doctor;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpSettings;
import java.util.List;

/** What a doctor asks about client programs and servers. Neither question changes anything. */
public interface DatabaseChecks {
    /** The installed client programs. */
    List<Finding> clients();

    /**
     * Whether a database could be dumped now: its connection and how that is secured, the server's version, the user's
     * privileges, and a client for it.
     *
     * @param secretName the subject of the findings
     */
    List<Finding> database(String secretName, DatabaseSecret database, DumpSettings settings);

    /** Whether dumps could be proven by being restored into that server. */
    Finding scratch(String secretName, DatabaseSecret server);
}
