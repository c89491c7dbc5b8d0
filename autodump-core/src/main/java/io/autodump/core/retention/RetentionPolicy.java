package io.autodump.core.retention;

import com.google.common.base.Splitter;
import io.autodump.core.internal.NearestName;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which dumps are kept, written as {@code daily=7 weekly=5 monthly=12 yearly=3} or {@code last=14}. A policy without
 * counts keeps all dumps. Immutable and thread-safe.
 */
public final class RetentionPolicy {
    /** Keeps all dumps. */
    public static final RetentionPolicy KEEP_ALL = new RetentionPolicy(Map.of());

    private static final Splitter WORDS = Splitter.onPattern("\\s+");
    private static final int MAX_COUNT = 10_000;
    private static final Pattern COUNT = Pattern.compile("[1-9]\\d{0,4}");

    /** A period for which a number of newest dumps is kept. */
    public enum Period {
        LAST,
        HOURLY,
        DAILY,
        WEEKLY,
        MONTHLY,
        YEARLY;

        /** Returns the word in the tag {@code autodump:retention}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Map<Period, Integer> counts;

    private RetentionPolicy(Map<Period, Integer> counts) {
        this.counts = Map.copyOf(counts);
    }

    /**
     * Parses the written form.
     *
     * @param text {@code PERIOD=COUNT} one or more times, separated by white space; each count 1 to 10,000
     * @throws IllegalArgumentException with everything that is wrong with the text
     */
    public static RetentionPolicy parse(String text) {
        Map<Period, Integer> counts = new EnumMap<>(Period.class);
        List<String> problems = new ArrayList<>();
        for (String token : WORDS.split(text.strip())) {
            parseToken(token, counts, problems);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return new RetentionPolicy(counts);
    }

    private static void parseToken(String token, Map<Period, Integer> counts, List<String> problems) {
        int equals = token.indexOf('=');
        String word = equals < 0 ? token : token.substring(0, equals);
        List<String> words = Stream.of(Period.values()).map(Period::text).toList();
        if (equals < 0 || !words.contains(word)) {
            problems.add("\"" + token + "\" isn't PERIOD=COUNT with a period of " + String.join(", ", words)
                    + NearestName.didYouMean(word, words));
            return;
        }
        String count = token.substring(equals + 1);
        if (!COUNT.matcher(count).matches() || Integer.parseInt(count) > MAX_COUNT) {
            problems.add("\"" + token + "\" needs a count of 1 to " + MAX_COUNT);
        } else if (counts.put(Period.valueOf(word.toUpperCase(Locale.ROOT)), Integer.valueOf(count)) != null) {
            problems.add("\"" + word + "\" stands twice");
        }
    }

    /** Returns how many newest dumps of each period are kept; empty keeps all. Unmodifiable. */
    public Map<Period, Integer> counts() {
        return counts;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RetentionPolicy that && counts.equals(that.counts);
    }

    @Override
    public int hashCode() {
        return counts.hashCode();
    }

    /** Returns the written form; {@code keep all} if there are no counts. */
    @Override
    public String toString() {
        return counts.isEmpty()
                ? "keep all"
                : new TreeMap<>(counts)
                        .entrySet().stream()
                                .map(entry -> entry.getKey().text() + "=" + entry.getValue())
                                .collect(Collectors.joining(" "));
    }
}
