package io.autodump.core.internal;

import java.util.List;

/** Formats a number of bytes for people. */
public final class ByteCount {
    private static final List<String> UNITS = List.of("KiB", "MiB", "GiB", "TiB", "PiB", "EiB");
    private static final int STEP = 1024;
    /** From this value on, one decimal place would give 1024.0. */
    private static final double ROUNDED_UP = STEP - 0.05;

    private ByteCount() {}

    /** Returns the number with its unit, for example {@code 17 bytes} or {@code 4.2 GiB}. */
    public static String text(long bytes) {
        if (bytes < STEP) {
            return bytes + (bytes == 1 ? " byte" : " bytes");
        }
        double value = bytes;
        int unit = -1;
        do {
            value /= STEP;
            unit++;
        } while (value >= ROUNDED_UP && unit < UNITS.size() - 1);
        // Without String.format, which is slow: a listing has many lines.
        long tenths = Math.round(value * 10);
        return tenths / 10 + "." + tenths % 10 + " " + UNITS.get(unit);
    }
}
