package io.autodump.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;

/** What a terminal is given. */
final class Printed {
    private Printed() {}

    /** Nothing but text and ends of lines. */
    static void assertHarmless(String output) {
        assertThat(output.codePoints()
                        .filter(point -> point != '\n' && point != '\t' && isControl(point))
                        .mapToObj(point -> String.format(Locale.ROOT, "U+%04X", point)))
                .as(output)
                .isEmpty();
    }

    private static boolean isControl(int point) {
        int type = Character.getType(point);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
