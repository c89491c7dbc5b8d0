package io.autodump.core.schedule;

/** Sets of the numbers 0 to 63, as the bits of a {@code long}. */
final class Bits {

    /** The result of {@link #atOrAbove} if there is no such member. Greater than every member. */
    static final int NONE_ABOVE = Long.SIZE;

    /** The result of {@link #atOrBelow} if there is no such member. Smaller than every member. */
    static final int NONE_BELOW = -1;

    private Bits() {}

    static long range(int first, int last) {
        return (-1L << first) & (-1L >>> (Long.SIZE - 1 - last));
    }

    static boolean contains(long set, int value) {
        return ((set >>> value) & 1) != 0;
    }

    /** Returns the smallest member that is {@code from} or more, or {@link #NONE_ABOVE}. */
    static int atOrAbove(long set, int from) {
        return from >= Long.SIZE ? NONE_ABOVE : Long.numberOfTrailingZeros(set & (-1L << from));
    }

    /** Returns the greatest member that is {@code to} or less, or {@link #NONE_BELOW}. */
    static int atOrBelow(long set, int to) {
        return to < 0 ? NONE_BELOW : Long.SIZE - 1 - Long.numberOfLeadingZeros(set & (-1L >>> (Long.SIZE - 1 - to)));
    }
}
