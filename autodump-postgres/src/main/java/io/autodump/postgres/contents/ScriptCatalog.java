package io.autodump.postgres.contents;

import io.autodump.postgres.archive.ScriptPieces;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The contents of a plain script, by the comments that {@code pg_dump} writes before each object. The list has no
 * dependencies. Not thread-safe.
 */
public final class ScriptCatalog {
    private static final Pattern HEADING =
            Pattern.compile("-- (?:Data for |Statistics for )?Name: (.*); Type: ([A-Z ]+); Schema: (.*); Owner: (.*?)"
                    + "(?:; Tablespace: (.*))?\\n");
    /** What the look at a target reads of a definition stands at its beginning, but for the columns of a table. */
    private static final int LONGEST = 64 * 1024;

    private final List<ArchiveEntry> entries = new ArrayList<>();
    private final StringBuilder definition = new StringBuilder();
    private Optional<MatchResult> heading = Optional.empty();

    private ScriptCatalog() {}

    /**
     * Reads the whole script.
     *
     * @throws IOException if it can't be read
     */
    public static List<ArchiveEntry> read(InputStream script) throws IOException {
        ScriptCatalog catalog = new ScriptCatalog();
        ScriptPieces pieces = new ScriptPieces(script);
        while (pieces.next()) {
            switch (pieces.kind()) {
                case COMMENT -> catalog.comment(utf8(pieces));
                case STATEMENT -> catalog.statement(utf8(pieces));
                case ROWS, OTHER -> {}
            }
        }
        catalog.add();
        return List.copyOf(catalog.entries);
    }

    /** In another encoding, names with other letters than ASCII aren't found on the server. */
    private static String utf8(ScriptPieces pieces) {
        return new String(pieces.bytes(), StandardCharsets.UTF_8);
    }

    private void comment(String line) {
        Matcher found = HEADING.matcher(line);
        if (found.matches()) {
            add();
            heading = Optional.of(found.toMatchResult());
            definition.setLength(0);
        }
    }

    private void statement(String text) {
        definition.append(text, 0, Math.min(text.length(), LONGEST - Math.min(LONGEST, definition.length())));
    }

    private void add() {
        heading.ifPresent(found -> entries.add(new ArchiveEntry(
                entries.size() + 1,
                found.group(2),
                orEmpty(found.group(3)),
                found.group(1),
                orEmpty(found.group(4)),
                definition.toString(),
                found.group(5) == null ? "" : found.group(5),
                List.of())));
    }

    private static String orEmpty(String text) {
        return text.equals("-") ? "" : text;
    }
}
