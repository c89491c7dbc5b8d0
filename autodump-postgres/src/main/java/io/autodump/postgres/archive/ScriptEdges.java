package io.autodump.postgres.archive;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The beginning and the end of a plain script. This is the one rule for whether a script is complete, both when it is
 * made and when it is read. {@code pg_dump} writes an opening comment first and a closing comment last. Since its
 * releases of August 2025 it enters the restricted mode at the top and leaves it after the closing comment. The last
 * byte counts too.
 */
final class ScriptEdges {
    private static final int KEPT = 4 * 1024;
    private static final Pattern RESTRICT = Pattern.compile("(?m)^\\\\restrict (\\S+)$");
    private static final String OPENING = "--\n-- PostgreSQL database dump\n--\n";
    private static final Pattern CLOSING = Pattern.compile(
            "\\n--\\n-- PostgreSQL database dump complete\\n--\\n\\n(?:\\\\unrestrict (\\S+)\\n\\n)?\\z");

    private final byte[] head = new byte[KEPT];
    private final byte[] tail = new byte[KEPT];
    private long count;

    /** Takes the next bytes of the script. */
    void accept(byte[] bytes, int offset, int length) {
        if (count < KEPT) {
            System.arraycopy(bytes, offset, head, (int) count, (int) Math.min(length, KEPT - count));
        }
        count += length;
        int added = Math.min(length, KEPT);
        System.arraycopy(tail, added, tail, 0, KEPT - added);
        System.arraycopy(bytes, offset + length - added, tail, KEPT - added, added);
    }

    /** Returns whether everything that was taken so far is a complete script. */
    boolean isWhole() {
        int kept = (int) Math.min(count, KEPT);
        Matcher closing = CLOSING.matcher(text(tail, KEPT - kept, kept));
        if (!closing.find()) {
            return false;
        }
        String beginning = text(head, 0, kept);
        Matcher restrict = RESTRICT.matcher(beginning);
        return beginning.startsWith(OPENING)
                && (!restrict.find() || restrict.group(1).equals(closing.group(1)));
    }

    private static String text(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
    }
}
