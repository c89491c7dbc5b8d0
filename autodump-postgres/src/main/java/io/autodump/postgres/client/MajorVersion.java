package io.autodump.postgres.client;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first number of a version as PostgreSQL writes it: {@code 15} of {@code 15.18 (Debian 15.18-0+deb12u1)}. */
public final class MajorVersion {
    private static final Pattern FIRST_NUMBER = Pattern.compile("\\d{1,9}");

    private MajorVersion() {}

    /** Returns the major version. Empty if the text doesn't begin with a number. */
    public static OptionalInt of(String version) {
        Matcher number = FIRST_NUMBER.matcher(version);
        return number.lookingAt() ? OptionalInt.of(Integer.parseInt(number.group())) : OptionalInt.empty();
    }
}
