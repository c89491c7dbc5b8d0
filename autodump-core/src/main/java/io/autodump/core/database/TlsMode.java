package io.autodump.core.database;

import java.util.Arrays;
import java.util.Optional;

/**
 * How a connection to the database is secured; the names and meanings are libpq's (PostgreSQL manual, "SSL Support",
 * table "SSL Mode Descriptions"). {@code allow} and {@code prefer} are left out on purpose: they fall back to clear
 * text in silence.
 */
public enum TlsMode {
    /** No encryption. The default for hosts that are local. */
    DISABLE("disable"),
    /** Encrypted, to anybody. */
    REQUIRE("require"),
    /** Encrypted, to a server whose certificate a known authority has signed. */
    VERIFY_CA("verify-ca"),
    /** As {@link #VERIFY_CA}, and the certificate bears the host's name. The default for hosts that aren't local. */
    VERIFY_FULL("verify-full");

    private final String text;

    TlsMode(String text) {
        this.text = text;
    }

    /** libpq's word for it, as it stands in a secret. */
    public String text() {
        return text;
    }

    /** Whether a connection in this mode can be read or answered by somebody in between. */
    public boolean isWeak() {
        return this != VERIFY_FULL;
    }

    /** The mode of that name; empty for any other text. */
    public static Optional<TlsMode> parse(String text) {
        return Arrays.stream(values()).filter(mode -> mode.text.equals(text)).findFirst();
    }
}
