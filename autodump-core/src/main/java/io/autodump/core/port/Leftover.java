package io.autodump.core.port;

import io.autodump.core.internal.ByteCount;
import java.util.List;

/**
 * Something that a process left behind when it was killed, or when the disk was full. Immutable.
 *
 * @param place where it is: a path, or a URI of the store
 * @param bytes its size
 */
public record Leftover(String place, long bytes) {
    /**
     * Returns the number of leftovers, their size, and the place of the first one, for a person.
     *
     * @param leftovers at least one
     * @param thing what one of them is, such as {@code file}
     * @param why where they come from
     */
    public static String summary(List<Leftover> leftovers, String thing, String why) {
        long sum = leftovers.stream().mapToLong(Leftover::bytes).sum();
        String things = leftovers.size() == 1 ? "1 " + thing : leftovers.size() + " " + thing + "s";
        String first = leftovers.get(0).place() + (leftovers.size() == 1 ? "" : " and others");
        return things + " " + why + ", " + ByteCount.text(sum) + ": " + first;
    }
}
