package io.autodump.core.schedule;

import java.util.OptionalInt;

/** Numbers as cron writes them: ASCII digits alone, no sign. */
final class Digits {

    /** Leading zeros included; more than any field needs, and far from an overflow. */
    private static final int MOST = 9;

    private Digits() {}

    static OptionalInt parse(String text) {
        boolean number = !text.isEmpty()
                && text.length() <= MOST
                && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        return number ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }
}
