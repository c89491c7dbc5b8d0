package io.autodump.core.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Formats sizes, durations, instants and numbers for people. */
public final class ReadableText {
    private static final int KIBI = 1024;
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private ReadableText() {}

    /** {@code 812 B}, {@code 12.3 MiB}. */
    public static String bytes(long bytes) {
        return bytes < KIBI ? bytes + " B" : ByteCount.text(bytes);
    }

    /** {@code 2026-11-27 01:30:00Z}. */
    public static String instant(Instant instant) {
        return SECOND.format(instant);
    }

    /** {@code 0.4 s}, {@code 12 s}, {@code 3 min 05 s}, {@code 2 h 03 min}, {@code 3 d 4 h}. */
    public static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 10) {
            long tenths = (duration.toMillis() + 50) / 100;
            return tenths / 10 + "." + tenths % 10 + " s";
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        if (duration.toHours() < 1) {
            return duration.toMinutes() + " min " + twoDigits(duration.toSecondsPart()) + " s";
        }
        if (duration.toDays() < 1) {
            return duration.toHours() + " h " + twoDigits(duration.toMinutesPart()) + " min";
        }
        return duration.toDays() + " d " + duration.toHoursPart() + " h";
    }

    private static String twoDigits(int number) {
        return number < 10 ? "0" + number : String.valueOf(number);
    }

    /** {@code 1 secret}, {@code 3 secrets}. */
    public static String count(long number, String noun) {
        return count(number, noun, "", "s");
    }

    /** The same for a noun whose ending isn't an {@code s}: {@code 1 entry}, {@code 3 entries}. */
    public static String count(long number, String stem, String ending, String pluralEnding) {
        return String.format(Locale.ROOT, "%,d %s%s", number, stem, number == 1 ? ending : pluralEnding);
    }
}
