package io.autodump.aws.s3.request;

import java.util.Locale;

/** Sizes in units for people. */
public final class Bytes {
    private static final String UNITS = "KMGT";
    private static final int STEP = 1024;

    private Bytes() {}

    /** Returns a text such as {@code 4.2 GiB}. */
    public static String text(long bytes) {
        if (bytes < STEP) {
            return bytes + " bytes";
        }
        double value = bytes;
        int unit = -1;
        while (value >= STEP && unit < UNITS.length() - 1) {
            value /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %ciB", value, UNITS.charAt(unit));
    }
}
