package io.autodump.core.internal;

import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Characters that control a terminal, end a line or turn the direction of text. Names from a database and messages of
 * servers may hold them, and must not act by them where they are shown.
 */
public final class ControlCharacters {
    private ControlCharacters() {}

    /** Whether it is a control or format character, a separator of lines, or half of a surrogate pair. */
    public static boolean isOne(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }

    /** The text on one line, with each of them as {@code \}{@code u000a}, which is also its escape in JSON. */
    public static String escaped(String text) {
        return escaped(text, "");
    }

    /**
     * The same, but some stay.
     *
     * @param kept those that stay as they are
     */
    public static String escaped(String text, String kept) {
        return text.codePoints().noneMatch(point -> isEscaped(point, kept))
                ? text
                : text.codePoints()
                        .mapToObj(point -> isEscaped(point, kept) ? escape(point) : Character.toString(point))
                        .collect(Collectors.joining());
    }

    private static boolean isEscaped(int point, String kept) {
        return isOne(point) && kept.indexOf(point) < 0;
    }

    private static String escape(int point) {
        return Character.toString(point)
                .chars()
                .mapToObj(unit -> String.format(Locale.ROOT, "\\u%04x", unit))
                .collect(Collectors.joining());
    }
}
