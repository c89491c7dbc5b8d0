package io.autodump.postgres.server;

import java.util.Locale;
import java.util.Optional;

/**
 * A pattern of schema or table names with the syntax of {@code pg_dump} (PostgreSQL manual, "psql", section
 * "Patterns"). Unquoted letters are folded to lower case, {@code *} and {@code ?} are wildcards, double quotes make the
 * other characters literal, and a dot separates the schema from the table.
 *
 * @param schema a PostgreSQL regular expression for the schema; empty if the pattern has none
 * @param name a PostgreSQL regular expression for the part after the last dot
 */
public record NamePattern(Optional<String> schema, String name) {
    private static final String SPECIAL_IN_QUOTES = "|*+?()[]{}.^$\\";

    /** Reads a pattern. */
    public static NamePattern parse(String pattern) {
        Optional<String> schema = Optional.empty();
        StringBuilder regex = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < pattern.length(); i++) {
            char character = pattern.charAt(i);
            boolean doubled = quoted && i + 1 < pattern.length() && pattern.charAt(i + 1) == '"';
            if (character == '"' && doubled) {
                regex.append('"');
                i++;
            } else if (character == '"') {
                quoted = !quoted;
            } else if (!quoted && character == '.') {
                schema = Optional.of(anchored(regex));
                regex.setLength(0);
            } else {
                regex.append(quoted ? literal(character) : unquoted(character));
            }
        }
        return new NamePattern(schema, anchored(regex));
    }

    private static String unquoted(char character) {
        return switch (character) {
            case '*' -> ".*";
            case '?' -> ".";
            case '$' -> "\\$";
            default -> String.valueOf(character).toLowerCase(Locale.ROOT);
        };
    }

    private static String literal(char character) {
        return SPECIAL_IN_QUOTES.indexOf(character) < 0 ? String.valueOf(character) : "\\" + character;
    }

    private static String anchored(StringBuilder regex) {
        return "^(" + regex + ")$";
    }
}
