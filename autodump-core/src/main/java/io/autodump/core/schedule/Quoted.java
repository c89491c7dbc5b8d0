package io.autodump.core.schedule;

/** Quotes a part of a user's text in a message. */
final class Quoted {

    private static final int LONGEST = 40;

    private Quoted() {}

    /**
     * Returns the text in quotation marks, shortened to fit on a line, without characters that move a
     * terminal's cursor.
     */
    static String of(String text) {
        String printable = text.replaceAll("\\p{C}", "?");
        return '"' + (printable.length() <= LONGEST ? printable : printable.substring(0, LONGEST) + "...") + '"';
    }
}
