package io.autodump.dumper;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks at a plain script's beginning and end as it passes by. {@code pg_dump} writes a closing comment last, and since
 * its releases of August 2025 leaves the restricted mode after it that it entered at the top. A script that is cut short
 * must never be taken for a whole one: {@code psql} takes the end of its input for the end of a table's rows.
 */
final class ScriptEnd extends FilterInputStream {
    private static final int KEPT = 4 * 1024;
    private static final Pattern RESTRICT = Pattern.compile("(?m)^\\\\restrict (\\S+)$");
    private static final Pattern CLOSING =
            Pattern.compile("\\n--\\n-- PostgreSQL database dump complete\\n--\\n+(?:\\\\unrestrict (\\S+)\\n+)?\\z");

    private final byte[] head = new byte[KEPT];
    private final byte[] tail = new byte[KEPT];
    private long count;

    ScriptEnd(InputStream script) {
        super(script);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int read = read(one, 0, 1);
        return read < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read > 0) {
            keep(buffer, offset, read);
        }
        return read;
    }

    /** Skipped bytes would not be seen. */
    @Override
    public long skip(long wanted) {
        return 0;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Whether all that was read up to now is a whole script. */
    boolean isWhole() {
        int kept = (int) Math.min(count, KEPT);
        Matcher closing = CLOSING.matcher(text(tail, KEPT - kept, kept));
        if (!closing.find()) {
            return false;
        }
        Matcher restrict = RESTRICT.matcher(text(head, 0, kept));
        return !restrict.find() || restrict.group(1).equals(closing.group(1));
    }

    private void keep(byte[] buffer, int offset, int length) {
        if (count < KEPT) {
            System.arraycopy(buffer, offset, head, (int) count, (int) Math.min(length, KEPT - count));
        }
        count += length;
        int added = Math.min(length, KEPT);
        System.arraycopy(tail, added, tail, 0, KEPT - added);
        System.arraycopy(buffer, offset + length - added, tail, KEPT - added, added);
    }

    private static String text(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
    }
}
