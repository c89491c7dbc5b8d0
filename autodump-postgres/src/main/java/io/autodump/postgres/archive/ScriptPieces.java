package io.autodump.postgres.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Cuts a plain script of {@code pg_dump} into its statements, comments and rows, in the way in which {@code psql} reads
 * it. The pieces together are the script. Works on bytes: in every encoding of a PostgreSQL server, a byte of an ASCII
 * character is that character. Not thread-safe.
 *
 * <p>A body between {@code BEGIN ATOMIC} and {@code END} gives several pieces. It holds only queries.
 */
public final class ScriptPieces {
    /** What a piece is. */
    public enum Kind {
        /** A statement with its semicolon and the end of its line. */
        STATEMENT,
        /** A line that begins with two hyphens. */
        COMMENT,
        /** Rows of COPY, or a part of them, with the line that ends them. */
        ROWS,
        /** An empty line, a command of {@code psql}, or a part of a very long statement. */
        OTHER
    }

    private static final int BUFFER = 64 * 1024;
    private static final int LONGEST = 1024 * 1024;
    private static final Pattern COPY = Pattern.compile("(?s)COPY .* FROM stdin;\\n");

    private final InputStream script;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private final ByteArrayOutputStream piece = new ByteArrayOutputStream();
    private Kind kind = Kind.OTHER;
    private boolean inRows;
    private boolean inStatement;
    private final StatementLexer lexer = new StatementLexer();

    /** Reads nothing yet. */
    public ScriptPieces(InputStream script) {
        this.script = script;
    }

    /** Reads the next piece. Returns whether there is one. */
    public boolean next() throws IOException {
        piece.reset();
        if (inRows) {
            kind = Kind.ROWS;
            readRows();
        } else if (inStatement) {
            readStatement();
        } else {
            begin(peek());
        }
        return piece.size() > 0;
    }

    /** What the piece is. */
    public Kind kind() {
        return kind;
    }

    /** The bytes of the piece. */
    public byte[] bytes() {
        return piece.toByteArray();
    }

    /** The piece as text, a character for each byte. */
    public String text() {
        return piece.toString(StandardCharsets.ISO_8859_1);
    }

    private void begin(int first) throws IOException {
        switch (first) {
            case -1 -> {}
            case '\n', '\\' -> readLine(Kind.OTHER);
            case '-' -> beginWithHyphen();
            default -> {
                beginStatement();
                readStatement();
            }
        }
    }

    private void beginWithHyphen() throws IOException {
        int hyphen = take();
        if (peek() == '-') {
            readLine(Kind.COMMENT);
        } else {
            beginStatement();
            lexer.accept(hyphen);
            readStatement();
        }
    }

    private void beginStatement() {
        inStatement = true;
        lexer.begin();
    }

    private void readLine(Kind of) throws IOException {
        kind = of;
        for (int next = take(); next >= 0 && next != '\n'; ) {
            next = take();
        }
    }

    private void readStatement() throws IOException {
        boolean whole = lexer.isAtBeginning();
        kind = Kind.OTHER;
        while (inStatement && piece.size() < LONGEST) {
            int next = take();
            if (next < 0) {
                inStatement = false;
            } else if (lexer.accept(next)) {
                if (peek() == '\n') {
                    take();
                }
                inStatement = false;
                kind = whole ? Kind.STATEMENT : Kind.OTHER;
                inRows = whole && COPY.matcher(text()).matches();
                lexer.remember(whole ? text() : "");
            }
        }
    }

    /** Passes on what is in the buffer, up to the line that ends the rows. */
    private void readRows() throws IOException {
        if (position == limit && !fill()) {
            inRows = false;
            return;
        }
        int from = position;
        while (position < limit && inRows) {
            inRows = !lexer.endsRows(buffer[position++]);
        }
        piece.write(buffer, from, position - from);
    }

    private int peek() throws IOException {
        return position < limit || fill() ? Byte.toUnsignedInt(buffer[position]) : -1;
    }

    private int take() throws IOException {
        int next = peek();
        if (next >= 0) {
            position++;
            piece.write(next);
        }
        return next;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, script.read(buffer));
        return limit > 0;
    }
}
