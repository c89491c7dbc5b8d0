package io.autodump.core.internal;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that a misspelt name probably means. */
public final class NearestName {
    private NearestName() {}

    /**
     * Returns the known name with the fewest differing letters; empty if every name differs too much to be a
     * typing error.
     */
    public static Optional<String> of(String given, Collection<String> known) {
        String lower = given.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(name -> Math.abs(lower.length() - name.length()) <= mostDiffering(name))
                .filter(name -> distance(lower, name.toLowerCase(Locale.ROOT)) <= mostDiffering(name))
                .min(Comparator.<String>comparingInt(name -> distance(lower, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static int mostDiffering(String name) {
        return Math.max(2, name.length() / 4);
    }

    /** Returns the nearest name as words to append to a message; an empty text if there is none. */
    public static String didYouMean(String given, Collection<String> known) {
        return of(given, known).map(name -> "; did you mean " + name + "?").orElse("");
    }

    /** Returns whether two names differ in at most this many letters. */
    public static boolean distanceAtMost(String a, String b, int most) {
        return distance(a, b) <= most;
    }

    /** Computes the Levenshtein distance in two rows. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(substituted, Math.min(previous[j], row[j - 1]) + 1);
            }
            previous = row;
        }
        return previous[b.length()];
    }
}
