package io.autodump.postgres.archive;

import io.autodump.postgres.client.PostgresClient;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Removes restricted mode from a script. Since the releases of August 2025 {@code pg_dump} enters this mode of {@code
 * psql} at the head of a script, and leaves it behind the last line. Older {@code psql} programs don't know these
 * commands and stop there.
 */
public final class UnrestrictedScript extends FilterInputStream {
    private static final Pattern ENTERED = Pattern.compile("(?m)^\\\\restrict (\\S+)\\R");
    private static final Pattern KNOWN =
            Pattern.compile("13\\.(?:2[2-9]|[3-9]\\d).*|14\\.(?:19|[2-9]\\d).*|15\\.(?:1[4-9]|[2-9]\\d).*"
                    + "|16\\.[1-9]\\d.*|17\\.(?:[6-9]|[1-9]\\d).*|(?:1[89]|[2-9]\\d)(?!\\d).*");
    private static final int HEAD = 4 * 1024;
    /** Longer than the last command with its word. */
    private static final int TAIL = 1024;

    private final String left;
    private final byte[] held = new byte[TAIL];
    private int count;
    private boolean ended;
    private int next;

    private UnrestrictedScript(InputStream script, String word) {
        super(script);
        this.left = "\\unrestrict " + word + "\n\n";
    }

    /** Whether a program needs the script without both commands. */
    public static boolean isNeeded(PostgresClient psql) {
        return !KNOWN.matcher(psql.version()).matches();
    }

    /** The script without both commands; as it is, if it doesn't have them. Closing it closes the script. */
    public static InputStream of(InputStream script) throws IOException {
        String head = new String(script.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
        Matcher entered = ENTERED.matcher(head);
        if (!entered.find()) {
            return joined(head, script);
        }
        String without = head.substring(0, entered.start()) + head.substring(entered.end());
        return new UnrestrictedScript(joined(without, script), entered.group(1));
    }

    private static InputStream joined(String head, InputStream rest) {
        return new SequenceInputStream(new ByteArrayInputStream(head.getBytes(StandardCharsets.ISO_8859_1)), rest);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    /** Holds the last bytes back until it is known that they are the last. */
    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        while (!ended && count < TAIL) {
            int read = in.read(held, count, TAIL - count);
            if (read < 0) {
                ended = true;
                dropCommand();
            } else {
                count += read;
            }
        }
        if (ended) {
            return rest(buffer, offset, length);
        }
        return pass(buffer, offset, length);
    }

    /** Gives as many of the held bytes as new ones come. */
    private int pass(byte[] buffer, int offset, int length) throws IOException {
        byte[] fresh = new byte[Math.min(length, TAIL)];
        int read = in.read(fresh);
        if (read < 0) {
            ended = true;
            dropCommand();
            return rest(buffer, offset, length);
        }
        System.arraycopy(held, 0, buffer, offset, read);
        System.arraycopy(held, read, held, 0, TAIL - read);
        System.arraycopy(fresh, 0, held, TAIL - read, read);
        return read;
    }

    private void dropCommand() {
        String text = new String(held, 0, count, StandardCharsets.ISO_8859_1);
        if (text.endsWith(left)) {
            count -= left.length();
        }
    }

    private int rest(byte[] buffer, int offset, int length) {
        int given = Math.min(length, count - next);
        System.arraycopy(held, next, buffer, offset, given);
        next += given;
        return given == 0 && length > 0 ? -1 : given;
    }

    /** Skipped bytes would not be looked at. */
    @Override
    public long skip(long wanted) {
        return 0;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
