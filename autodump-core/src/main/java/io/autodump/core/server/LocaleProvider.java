package io.autodump.core.server;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The library that orders and compares a database's text (PostgreSQL manual, "Locale Providers"). */
public enum LocaleProvider {
    /** The operating system's C library. */
    LIBC,
    /** The ICU library. A database can have it as its default since PostgreSQL 15. */
    ICU,
    /** PostgreSQL's own, since PostgreSQL 17. */
    BUILTIN;

    /** Returns the word in SQL and in the manifest. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the provider with this word; empty for any other text. */
    public static Optional<LocaleProvider> parse(String text) {
        return Arrays.stream(values())
                .filter(provider -> provider.text().equals(text))
                .findFirst();
    }
}
