package io.autodump.core.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which databases of a server are dumped: patterns to include, and patterns to exclude. In a pattern, {@code *} stands
 * for any text and {@code ?} for any character. Upper and lower case differ. Immutable and thread-safe.
 */
public final class DatabaseSelection {
    private static final Pattern SEPARATOR = Pattern.compile("[\\s,]+");

    private final List<String> words;
    private final List<Pattern> included = new ArrayList<>();
    private final List<Pattern> excluded = new ArrayList<>();

    private DatabaseSelection(List<String> words) {
        this.words = List.copyOf(words);
        for (String word : this.words) {
            (isExclusion(word) ? excluded : included).add(pattern(isExclusion(word) ? word.substring(1) : word));
        }
    }

    /**
     * Parses the value of {@code autodump:databases}: patterns, separated by blanks or commas. A pattern that begins
     * with {@code !} or {@code -} excludes. AWS allows no {@code *} in a tag, so a {@code -} at the end of a pattern,
     * or alone, stands for it too.
     *
     * @throws IllegalArgumentException if no pattern includes a database; the message is the problem
     */
    public static DatabaseSelection parse(String text) {
        List<String> words =
                SEPARATOR.splitAsStream(text).filter(word -> !word.isEmpty()).toList();
        if (words.stream().anyMatch(word -> word.equals("!"))) {
            throw new IllegalArgumentException("\"" + text + "\" has a ! without a pattern behind it");
        }
        DatabaseSelection selection = new DatabaseSelection(words);
        if (selection.included.isEmpty()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" names only what to leave out; begin with - (or *) for all databases");
        }
        return selection;
    }

    /** Returns whether a database is dumped. */
    public boolean matches(String database) {
        return included.stream().anyMatch(pattern -> pattern.matcher(database).matches())
                && excluded.stream()
                        .noneMatch(pattern -> pattern.matcher(database).matches());
    }

    /** Returns the patterns, separated by blanks. */
    @Override
    public String toString() {
        return String.join(" ", words);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DatabaseSelection selection && words.equals(selection.words);
    }

    @Override
    public int hashCode() {
        return words.hashCode();
    }

    private static boolean isExclusion(String word) {
        return word.length() > 1 && (word.startsWith("!") || word.startsWith("-"));
    }

    private static Pattern pattern(String word) {
        String glob = word.endsWith("-") ? word.substring(0, word.length() - 1) + "*" : word;
        return Pattern.compile(
                glob.codePoints()
                        .mapToObj(character -> switch (character) {
                            case '*' -> ".*";
                            case '?' -> ".";
                            default -> Pattern.quote(Character.toString(character));
                        })
                        .collect(Collectors.joining()),
                Pattern.DOTALL);
    }
}
