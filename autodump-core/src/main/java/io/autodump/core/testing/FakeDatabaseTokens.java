package io.autodump.core.testing;

import io.autodump.core.database.Password;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DatabaseTokens;

/** Makes a token from host, port and user, without any service. Thread-safe. */
public final class FakeDatabaseTokens implements DatabaseTokens {
    private final boolean hasCredentials;

    private FakeDatabaseTokens(boolean hasCredentials) {
        this.hasCredentials = hasCredentials;
    }

    /** Returns tokens that are the same for the same user on the same server, and differ for any other. */
    public static FakeDatabaseTokens create() {
        return new FakeDatabaseTokens(true);
    }

    /** Returns tokens that can't be made: each call fails with {@code CATALOG_FAILED}. */
    public static FakeDatabaseTokens withoutCredentials() {
        return new FakeDatabaseTokens(false);
    }

    @Override
    public Password token(String host, int port, String username) {
        if (!hasCredentials) {
            throw new AutoDumpException(
                    ErrorCode.CATALOG_FAILED,
                    "no token can be made for " + username + " at " + host + ":" + port + "; nothing was dumped",
                    "give the process credentials");
        }
        return Password.of("token:" + username + "@" + host + ":" + port);
    }
}
