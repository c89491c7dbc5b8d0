package io.autodump.core.suspicion;

import com.google.common.base.Splitter;
import io.autodump.core.internal.NearestName;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How much a dump may have lost, compared with its predecessors, before it is suspicious: percentages, written as
 * {@code size=50 tables=20 rows=80}. A measure that isn't named keeps its default. {@code off} switches all measures
 * off, {@code rows=off} one of them. Immutable and thread-safe.
 */
public final class SuspicionLimits {
    /** The defaults: {@code size=50 tables=20 rows=80}. */
    public static final SuspicionLimits DEFAULT = new SuspicionLimits(defaults());

    /** Nothing is suspicious. */
    public static final SuspicionLimits OFF = new SuspicionLimits(Map.of());

    private static final String OFF_WORD = "off";
    private static final Splitter WORDS = Splitter.onPattern("\\s+");
    private static final Pattern PERCENT = Pattern.compile("[1-9]\\d?|100");

    /** What is compared. */
    public enum Measure {
        /** The size of the stored file. */
        SIZE(50),
        /**
         * The number of tables; if rows weren't counted, the number of entries in the archive, and of tables whose rows
         * are in parts.
         */
        TABLES(20),
        /** The number of rows of each table, if rows were counted. */
        ROWS(80);

        private final int usual;

        Measure(int usual) {
            this.usual = usual;
        }

        /** Returns the word in the tag {@code autodump:suspicious}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Map<Measure, Integer> percents;

    private SuspicionLimits(Map<Measure, Integer> percents) {
        this.percents = Map.copyOf(percents);
    }

    private static Map<Measure, Integer> defaults() {
        return Stream.of(Measure.values()).collect(Collectors.toMap(measure -> measure, measure -> measure.usual));
    }

    /**
     * Parses the written form.
     *
     * @param text {@code off}, or {@code MEASURE=PERCENT} one or more times, separated by white space; each percentage
     *     1 to 100, or {@code off}
     * @throws IllegalArgumentException with everything that is wrong with the text
     */
    public static SuspicionLimits parse(String text) {
        if (text.strip().equals(OFF_WORD)) {
            return OFF;
        }
        Map<Measure, String> given = new EnumMap<>(Measure.class);
        List<String> problems = new ArrayList<>();
        WORDS.split(text.strip()).forEach(token -> parseToken(token, given, problems));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        Map<Measure, Integer> percents = new EnumMap<>(defaults());
        given.forEach((measure, value) -> {
            if (value.equals(OFF_WORD)) {
                percents.remove(measure);
            } else {
                percents.put(measure, Integer.valueOf(value));
            }
        });
        return new SuspicionLimits(percents);
    }

    private static void parseToken(String token, Map<Measure, String> given, List<String> problems) {
        int equals = token.indexOf('=');
        String word = equals < 0 ? token : token.substring(0, equals);
        List<String> words = Stream.of(Measure.values()).map(Measure::text).toList();
        if (equals < 0 || !words.contains(word)) {
            problems.add("\"" + token + "\" isn't off or MEASURE=PERCENT with a measure of " + String.join(", ", words)
                    + NearestName.didYouMean(word, words));
            return;
        }
        String value = token.substring(equals + 1);
        if (!value.equals(OFF_WORD) && !PERCENT.matcher(value).matches()) {
            problems.add("\"" + token + "\" needs a percentage of 1 to 100, or off");
        } else if (given.put(Measure.valueOf(word.toUpperCase(Locale.ROOT)), value) != null) {
            problems.add("\"" + word + "\" stands twice");
        }
    }

    /** Returns the percentage that must be lost to be suspicious; empty if the measure is off. */
    public Optional<Integer> percent(Measure measure) {
        return Optional.ofNullable(percents.get(measure));
    }

    /** Returns whether {@code now} has lost at least the percentage of {@code before}. */
    boolean isLost(Measure measure, long before, long now) {
        return percent(measure)
                .filter(percent -> before > 0 && (before - now) * 100.0 >= (double) percent * before)
                .isPresent();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SuspicionLimits that && percents.equals(that.percents);
    }

    @Override
    public int hashCode() {
        return percents.hashCode();
    }

    /** Returns the written form, with every measure; {@code off} if all measures are off. */
    @Override
    public String toString() {
        return percents.isEmpty()
                ? OFF_WORD
                : Stream.of(Measure.values())
                        .map(measure -> measure.text() + "="
                                + percent(measure).map(String::valueOf).orElse(OFF_WORD))
                        .collect(Collectors.joining(" "));
    }
}
