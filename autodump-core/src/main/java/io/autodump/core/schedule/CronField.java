package io.autodump.core.schedule;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** The five fields of a cron expression, in the order in which they are written. */
enum CronField {
    MINUTE("minute", 0, 59),
    HOUR("hour", 0, 23),
    DAY_OF_MONTH("day of month", 1, 31),
    MONTH("month", 1, 12, "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"),
    DAY_OF_WEEK("day of week", 0, 6, "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    /** Sunday may be written as 7 as well as 0. */
    private static final int OTHER_SUNDAY = 7;

    private final String label;
    private final int min;
    private final int max;

    @SuppressWarnings("ImmutableEnumChecker") // from List.of
    private final List<String> names;

    CronField(String label, int min, int max, String... names) {
        this.label = label;
        this.min = min;
        this.max = max;
        this.names = List.of(names);
    }

    String label() {
        return label;
    }

    int min() {
        return min;
    }

    int max() {
        return max;
    }

    /**
     * Returns the number of values, which is the length of the cycle in which a range such as {@code FRI-MON} wraps.
     */
    int size() {
        return max - min + 1;
    }

    /** Returns the set of all values, with value {@code v} as bit {@code v}. */
    long all() {
        return Bits.range(min, max);
    }

    /**
     * Returns the value for a number that may be above {@link #max()}, where the cycle starts again: day 7 is Sunday,
     * minute 60 is minute 0.
     */
    int wrap(int value) {
        return min + (value - min) % size();
    }

    /** Returns whether {@code *} has a different meaning from a list of all values. */
    boolean distinguishesStar() {
        return this == HOUR || this == DAY_OF_MONTH || this == DAY_OF_WEEK;
    }

    /** Returns the value of a number or a name; empty if it is neither. */
    OptionalInt read(String token) {
        int name = names.indexOf(token.toUpperCase(Locale.ROOT));
        if (name >= 0) {
            return OptionalInt.of(min + name);
        }
        OptionalInt number = Digits.parse(token);
        return number.isPresent() && number.getAsInt() >= min && number.getAsInt() <= highestWritable()
                ? number
                : OptionalInt.empty();
    }

    /** Returns the allowed values, for messages. */
    String allowed() {
        String numbers = min + "-" + highestWritable();
        return names.isEmpty() ? numbers : numbers + " or " + names.get(0) + "-" + names.get(names.size() - 1);
    }

    private int highestWritable() {
        return this == DAY_OF_WEEK ? OTHER_SUNDAY : max;
    }
}
