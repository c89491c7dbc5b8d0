package io.autodump.core.port;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.error.Finding;
import java.util.List;

/** Checks client programs and servers before a dump needs them. Changes nothing, and reports failures as findings. */
public interface DatabaseChecks {
    /** The client programs that are installed; a failed finding if none is. */
    List<Finding> clients();

    /**
     * Whether a database could be dumped now: the connection and its security, the server's version, the user's
     * privileges, and a client for the server.
     *
     * @param secretName the subject of the findings
     */
    List<Finding> database(String secretName, DatabaseSecret database, DumpSettings settings);

    /**
     * Whether dumps could be proven by restoring them into a server.
     *
     * @param secretName the subject of the finding
     */
    Finding scratch(String secretName, DatabaseSecret server);
}
