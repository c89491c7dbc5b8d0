package io.autodump.core.schedule;

import java.util.OptionalInt;

/** Parses numbers as cron writes them: ASCII digits only, no sign. */
final class Digits {

    /** The most digits, leading zeros included. More than any field needs, and far from an overflow. */
    private static final int MOST = 9;

    private Digits() {}

    static OptionalInt parse(String text) {
        boolean number = !text.isEmpty()
                && text.length() <= MOST
                && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        return number ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }
}
