package io.autodump.core.dump;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The library that orders and compares a database's text (PostgreSQL manual, "Locale Providers"). */
public enum LocaleProvider {
    /** The operating system's C library. */
    LIBC,
    /** ICU; as a database's default since PostgreSQL 15. */
    ICU,
    /** PostgreSQL's own, since version 17. */
    BUILTIN;

    /** The word in SQL and in the manifest. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The provider of that word; empty for any other text. */
    public static Optional<LocaleProvider> parse(String text) {
        return Arrays.stream(values())
                .filter(provider -> provider.text().equals(text))
                .findFirst();
    }
}
