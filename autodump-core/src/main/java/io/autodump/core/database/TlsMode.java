package io.autodump.core.database;

import java.util.Arrays;
import java.util.Optional;

/**
 * How a connection to the database is secured. Names and meanings are those of libpq (PostgreSQL manual, "SSL
 * Support", table "SSL Mode Descriptions"). {@code allow} and {@code prefer} are left out, because both silently fall
 * back to an unencrypted connection.
 */
public enum TlsMode {
    /** No encryption. The default for local hosts. */
    DISABLE("disable"),
    /** Encrypted. The server's identity isn't checked. */
    REQUIRE("require"),
    /** Encrypted. The server's certificate must be signed by a trusted authority. */
    VERIFY_CA("verify-ca"),
    /**
     * As {@link #VERIFY_CA}, and the certificate must contain the host's name. The default for hosts that aren't local.
     */
    VERIFY_FULL("verify-full");

    private final String text;

    TlsMode(String text) {
        this.text = text;
    }

    /** Returns libpq's name of the mode, as in a secret. */
    public String text() {
        return text;
    }

    /** Returns whether an attacker on the network could read the connection or impersonate the server. */
    public boolean isWeak() {
        return this != VERIFY_FULL;
    }

    /** Returns the mode with this libpq name; empty for any other text. */
    public static Optional<TlsMode> parse(String text) {
        return Arrays.stream(values()).filter(mode -> mode.text.equals(text)).findFirst();
    }
}
