package io.autodump.cli.terminal;

import io.autodump.core.internal.ControlCharacters;
import io.autodump.core.internal.ReadableText;
import java.time.Duration;
import java.util.Locale;

/** Formats sizes, durations, and text that comes from elsewhere. */
public final class Text {
    private Text() {}

    /** {@code 812 B}, {@code 12.3 MiB}. */
    public static String bytes(long bytes) {
        return ReadableText.bytes(bytes);
    }

    /** {@code 12,345,678 bytes}. */
    public static String exactBytes(long bytes) {
        return String.format(Locale.ROOT, "%,d %s", bytes, bytes == 1 ? "byte" : "bytes");
    }

    /** {@code 0.4 s}, {@code 12 s}, {@code 3 min 05 s}, {@code 2 h 03 min}, {@code 3 d 4 h}. */
    public static String duration(Duration duration) {
        return ReadableText.duration(duration);
    }

    /** {@code 40 s}, {@code 5 min}, {@code 3 h}, {@code 12 d}; {@code -} for an instant that hasn't come. */
    public static String age(Duration age) {
        if (age.isNegative()) {
            return "-";
        }
        if (age.toMinutes() < 1) {
            return age.toSeconds() + " s";
        }
        if (age.toHours() < 1) {
            return age.toMinutes() + " min";
        }
        return age.toDays() < 1 ? age.toHours() + " h" : age.toDays() + " d";
    }

    /** {@code 1 secret}, {@code 3 secrets}. */
    public static String count(long number, String noun) {
        return ReadableText.count(number, noun);
    }

    /** The same for a noun whose ending isn't an {@code s}: {@code 1 entry}, {@code 3 entries}. */
    public static String count(long number, String stem, String ending, String pluralEnding) {
        return ReadableText.count(number, stem, ending, pluralEnding);
    }

    /**
     * Text of one or more lines with its control characters made visible, except line feeds and tabs. Names of tables
     * and messages of servers come from elsewhere and must not control the terminal.
     */
    public static String printable(String text) {
        return isAscii(text) ? text : ControlCharacters.escaped(text, "\n\t");
    }

    /** The same on one line: line feeds and tabs become blanks. For names. */
    public static String line(String text) {
        return printable(text).replace('\n', ' ').replace('\t', ' ');
    }

    /** Printable ASCII only. Most text is, and this loop is cheaper than a stream of code points. */
    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }
}
