package io.autodump.core.schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * The values that one field of an expression names.
 *
 * @param bits value {@code v} as bit {@code v}
 * @param star whether the field leaves its values open ({@code *}), which is more than naming them all where the field
 *     {@linkplain CronField#distinguishesStar() tells the two apart}, and the same elsewhere
 */
record FieldValues(CronField field, long bits, boolean star) {

    private static final int SHORTEST_RANGE = 3;

    FieldValues {
        star |= bits == field.all() && !field.distinguishesStar();
    }

    /**
     * Returns the canonical text of these values: {@code *}, a range, a stepped range, or a list of values and ranges.
     */
    String canonical() {
        if (star) {
            return "*";
        }
        int first = Bits.atOrAbove(bits, 0);
        int last = Bits.atOrBelow(bits, field.max());
        int step = Bits.atOrAbove(bits, first + 1) - first;
        if (Long.bitCount(bits) < SHORTEST_RANGE || bits != stepped(first, last, step)) {
            return list();
        }
        if (step == 1) {
            return first + "-" + last;
        }
        return (first == field.min() && last + step > field.max() ? "*" : first + "-" + last) + "/" + step;
    }

    private String list() {
        List<String> entries = new ArrayList<>();
        int first = Bits.atOrAbove(bits, 0);
        while (first != Bits.NONE_ABOVE) {
            int last = Bits.atOrAbove(~bits, first) - 1;
            if (last - first + 1 < SHORTEST_RANGE) {
                last = first;
            }
            entries.add(first == last ? "" + first : first + "-" + last);
            first = Bits.atOrAbove(bits, last + 1);
        }
        return String.join(",", entries);
    }

    private static long stepped(int first, int last, int step) {
        long set = 0;
        for (int value = first; value <= last; value += step) {
            set |= 1L << value;
        }
        return set;
    }
}
