package io.autodump.core.database;

import java.util.Locale;

/** How the user of a {@link DatabaseSecret} authenticates. */
public enum Authentication {
    /** With the password in the secret. */
    PASSWORD,
    /**
     * With a token of RDS IAM authentication. AutoDump makes a token for each connection; the secret needs no password.
     */
    IAM;

    /** Returns the value of the tag {@code autodump:auth}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
