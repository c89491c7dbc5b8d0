package io.autodump.core.schedule;

/** A piece of someone's text as a message may repeat it. */
final class Quoted {

    private static final int LONGEST = 40;

    private Quoted() {}

    /** In quotation marks, cut to a length that a line can hold, with nothing in it that moves a terminal's cursor. */
    static String of(String text) {
        String printable = text.replaceAll("\\p{C}", "?");
        return '"' + (printable.length() <= LONGEST ? printable : printable.substring(0, LONGEST) + "...") + '"';
    }
}
