package io.autodump.core.database;

import java.util.Locale;

/** How the user of a {@link DatabaseSecret} proves itself to the server. */
public enum Authentication {
    /** By the password that the secret holds. */
    PASSWORD,
    /** By a token of RDS IAM authentication, made anew for each connection; the secret needs no password. */
    IAM;

    /** The word in the tag. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
