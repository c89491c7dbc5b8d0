package io.autodump.postgres.archive;

import java.nio.charset.StandardCharsets;

/**
 * Finds the semicolon that ends a statement: outside of strings, quoted names, dollar quotes, comments and parentheses
 * (PostgreSQL manual, "Lexical Structure"). Takes one byte after the other. Not thread-safe.
 */
final class StatementLexer {
    private static final String ESCAPES_OFF = "SET standard_conforming_strings = on;\n";
    private static final String ESCAPES_ON = "SET standard_conforming_strings = off;\n";

    private enum Inside {
        NOTHING,
        STRING,
        ESCAPE_STRING,
        NAME,
        DOLLAR_TAG,
        DOLLAR_BODY,
        LINE_COMMENT,
        BLOCK_COMMENT
    }

    private boolean escapesInAllStrings;
    private boolean beginning = true;
    private Inside inside = Inside.NOTHING;
    private int parentheses;
    private int comments;
    private int previous;
    private int beforePrevious;
    private boolean escaped;
    /** Whether the byte belongs to the one before it, as in a comment's beginning, and to none after it. */
    private boolean endsPair;

    private final StringBuilder tag = new StringBuilder();
    private byte[] delimiter = {};
    private int matched;
    private int rowLength;
    private boolean rowMayEnd = true;

    /** Begins with a statement. */
    void begin() {
        beginning = true;
        inside = Inside.NOTHING;
        parentheses = 0;
        previous = 0;
        beforePrevious = 0;
    }

    boolean isAtBeginning() {
        return beginning;
    }

    /** Takes the next byte. Returns whether it ends the statement. */
    boolean accept(int next) {
        beginning = false;
        boolean ends = false;
        switch (inside) {
            case NOTHING -> ends = outside(next);
            case STRING -> leaveAt('\'', next);
            case ESCAPE_STRING -> escapeString(next);
            case NAME -> leaveAt('"', next);
            case DOLLAR_TAG -> ends = dollarTag(next);
            case DOLLAR_BODY -> dollarBody(next);
            case LINE_COMMENT -> leaveAt('\n', next);
            case BLOCK_COMMENT -> blockComment(next);
        }
        beforePrevious = previous;
        previous = endsPair ? 0 : next;
        endsPair = false;
        return ends;
    }

    private boolean outside(int next) {
        switch (next) {
            case '\'' -> beginString();
            case '"' -> inside = Inside.NAME;
            case '(' -> parentheses++;
            case ')' -> parentheses--;
            case ';' -> {
                return parentheses <= 0;
            }
            case '$' -> beginDollar();
            case '-' -> inside = previous == '-' ? Inside.LINE_COMMENT : inside;
            case '*' -> beginBlock();
            default -> {}
        }
        return false;
    }

    private void beginString() {
        inside = isEscapeString() ? Inside.ESCAPE_STRING : Inside.STRING;
        matched = 0;
    }

    /** Two quotes inside a string end it and begin another one, which has escapes if the first one had. */
    private boolean isEscapeString() {
        boolean continued = previous == '\'' && escaped;
        boolean marked = (previous == 'E' || previous == 'e') && !isOfName(beforePrevious);
        escaped = escapesInAllStrings || marked || continued;
        return escaped;
    }

    private void leaveAt(int end, int next) {
        if (next == end) {
            inside = Inside.NOTHING;
        }
    }

    /** A backslash takes the next byte with it. */
    private void escapeString(int next) {
        if (matched == 1) {
            matched = 0;
        } else if (next == '\\') {
            matched = 1;
        } else {
            leaveAt('\'', next);
        }
    }

    private void beginDollar() {
        if (!isOfName(previous)) {
            inside = Inside.DOLLAR_TAG;
            tag.setLength(0);
        }
    }

    private boolean dollarTag(int next) {
        if (next == '$') {
            inside = Inside.DOLLAR_BODY;
            delimiter = ("$" + tag + "$").getBytes(StandardCharsets.ISO_8859_1);
            matched = 0;
            return false;
        }
        boolean digitFirst = tag.isEmpty() && next >= '0' && next <= '9';
        if (isOfName(next) && !digitFirst) {
            tag.append((char) next);
            return false;
        }
        inside = Inside.NOTHING;
        return outside(next);
    }

    /** The delimiter has dollars at both its ends only. */
    private void dollarBody(int next) {
        if ((byte) next == delimiter[matched]) {
            matched++;
        } else {
            matched = next == '$' ? 1 : 0;
        }
        if (matched == delimiter.length) {
            matched = 0;
            inside = Inside.NOTHING;
        }
    }

    private void beginBlock() {
        if (previous == '/') {
            inside = Inside.BLOCK_COMMENT;
            comments = 1;
            endsPair = true;
        }
    }

    private void blockComment(int next) {
        boolean opens = previous == '/' && next == '*';
        boolean closes = previous == '*' && next == '/';
        endsPair = opens || closes;
        comments += opens ? 1 : closes ? -1 : 0;
        if (comments == 0) {
            inside = Inside.NOTHING;
        }
    }

    private static boolean isOfName(int character) {
        return character == '_' || character == '$' || character >= 0x80 || Character.isLetterOrDigit(character);
    }

    /** Takes note of the setting that decides whether a backslash is a character like others in a string. */
    void remember(String statement) {
        if (statement.equals(ESCAPES_ON)) {
            escapesInAllStrings = true;
        } else if (statement.equals(ESCAPES_OFF)) {
            escapesInAllStrings = false;
        }
    }

    /** Takes the next byte of rows. Returns whether it ends them: a line that is a backslash and a full stop. */
    boolean endsRows(byte next) {
        if (next == '\n') {
            boolean ends = rowMayEnd && rowLength == 2;
            rowLength = 0;
            rowMayEnd = true;
            return ends;
        }
        rowMayEnd = rowMayEnd && (rowLength == 0 ? next == '\\' : rowLength == 1 && next == '.');
        rowLength = Math.min(rowLength + 1, 3);
        return false;
    }
}
