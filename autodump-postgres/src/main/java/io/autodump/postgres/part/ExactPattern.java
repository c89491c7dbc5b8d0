package io.autodump.postgres.part;

/**
 * Writes a name as a pattern of {@code pg_dump} that matches nothing else.
 *
 * <p>A pattern reaches {@code pg_dump} as an argument, in the encoding of this process, and the server, in the encoding
 * of the database. So the pattern has ASCII characters alone: other characters are written as escapes of PostgreSQL's
 * regular expressions, outside of the quotes. They name a character by its code, which is Unicode's if the database is
 * encoded in UTF-8.
 */
final class ExactPattern {
    private static final int LAST_ASCII = 0x7e;
    private static final int FIRST_ASCII = 0x20;

    private ExactPattern() {}

    /**
     * Returns whether a pattern can be written for a name.
     *
     * @param utf8 whether the database is encoded in UTF-8
     */
    static boolean isPossible(String name, boolean utf8) {
        return name.chars()
                .allMatch(character -> isPlain(character)
                        || (utf8 && character > LAST_ASCII && !Character.isSurrogate((char) character)));
    }

    /** Returns the pattern. */
    static String of(String name) {
        StringBuilder pattern = new StringBuilder("\"");
        name.chars().forEach(character -> {
            if (character == '"') {
                pattern.append("\"\"");
            } else if (isPlain(character)) {
                pattern.append((char) character);
            } else {
                pattern.append(String.format("\"\\u%04x\"", character));
            }
        });
        return pattern.append('"').toString();
    }

    private static boolean isPlain(int character) {
        return character >= FIRST_ASCII && character <= LAST_ASCII;
    }
}
