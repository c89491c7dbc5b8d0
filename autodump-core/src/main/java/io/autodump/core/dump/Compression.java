package io.autodump.core.dump;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a dump is compressed, written as {@code zstd:3}, {@code gzip:6} or {@code none}. Immutable.
 *
 * @param algorithm the algorithm
 * @param level 1 to 19 for zstd (a restore of higher levels needs unusual amounts of memory), 1 to 9 for gzip, 0
 *     for none
 */
public record Compression(Algorithm algorithm, int level) {
    /** zstd at its own default level, 3: about the size of gzip, several times as fast. */
    public static final Compression DEFAULT = new Compression(Algorithm.ZSTD, 3);

    /** gzip at its own default level, 6. */
    public static final Compression GZIP = new Compression(Algorithm.GZIP, 6);

    /** No compression. */
    public static final Compression NONE = new Compression(Algorithm.NONE, 0);

    private static final Pattern SYNTAX = Pattern.compile("(zstd|gzip|none)(?::(\\d{1,2}))?");

    /** A compression algorithm. */
    public enum Algorithm {
        /** Zstandard (RFC 8878). Levels 1 to 19. */
        ZSTD(".zst", 1, 19, 3),
        /** gzip (RFC 1952). Levels 1 to 9. */
        GZIP(".gz", 1, 9, 6),
        /** No compression. Level 0. */
        NONE("", 0, 0, 0);

        private final String extension;
        private final int lowest;
        private final int highest;
        private final int usual;

        Algorithm(String extension, int lowest, int highest, int usual) {
            this.extension = extension;
            this.lowest = lowest;
            this.highest = highest;
            this.usual = usual;
        }

        /** Returns what the name of a file ends in if the algorithm compressed the whole file. Empty for none. */
        public String extension() {
            return extension;
        }

        /** Returns the word in a tag and in a manifest. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Compression {
        if (level < algorithm.lowest || level > algorithm.highest) {
            throw new IllegalArgumentException(algorithm.text() + " has levels " + algorithm.lowest + " to "
                    + algorithm.highest + ", not " + level);
        }
    }

    /** Parses the written form. Without a level, the algorithm's default level applies. Empty for any other text. */
    public static Optional<Compression> parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Algorithm algorithm = Algorithm.valueOf(matcher.group(1).toUpperCase(Locale.ROOT));
        String given = matcher.group(2);
        int level = given == null ? algorithm.usual : Integer.parseInt(given);
        boolean known = level >= algorithm.lowest && level <= algorithm.highest;
        return known ? Optional.of(new Compression(algorithm, level)) : Optional.empty();
    }

    /** Returns the written form, which {@link #parse} accepts. */
    public String text() {
        return algorithm == Algorithm.NONE ? algorithm.text() : algorithm.text() + ":" + level;
    }

    @Override
    public String toString() {
        return text();
    }
}
