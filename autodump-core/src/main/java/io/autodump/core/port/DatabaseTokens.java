package io.autodump.core.port;

import io.autodump.core.database.Password;

/** Makes the passwords of connections whose secret holds none ({@code autodump:auth} = {@code iam}). Thread-safe. */
public interface DatabaseTokens {
    /**
     * A new password for one user on one server. It need not be valid for longer than it takes to connect: a session
     * outlives it.
     *
     * @param host as the server's certificate names it
     * @throws io.autodump.core.error.AutoDumpException {@code CATALOG_FAILED} if there is nothing to make it with
     */
    Password token(String host, int port, String username);
}
