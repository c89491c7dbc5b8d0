package io.autodump.core.port;

import io.autodump.core.database.Password;

/** Makes passwords for secrets that contain none ({@code autodump:auth=iam}). Thread-safe. */
public interface DatabaseTokens {
    /**
     * Returns a new password for one user on one server. It only has to be valid until the connection is made: the
     * session outlives it.
     *
     * @param host the host as in the server's certificate
     * @param port the server's TCP port
     * @param username the database user
     * @throws io.autodump.core.error.AutoDumpException {@code CATALOG_FAILED} if no token can be made, for example
     *     without credentials
     */
    Password token(String host, int port, String username);
}
