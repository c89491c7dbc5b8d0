package io.autodump.postgres.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;

/**
 * A plain script without the statements that set owners and privileges, as {@code pg_restore --no-owner
 * --no-privileges} leaves them out of an archive. Rows, and the bodies of functions, stay as they are. Not thread-safe.
 */
public final class OwnerlessScript extends InputStream {
    private static final Pattern LEFT_OUT =
            Pattern.compile("(?s)(?:GRANT|REVOKE|ALTER DEFAULT PRIVILEGES|SET SESSION AUTHORIZATION) .*"
                    + "|RESET SESSION AUTHORIZATION;\\n"
                    + "|ALTER .* OWNER TO (?:\"(?:[^\"]|\"\")+\"|[^\\s;\"']+);\\n");

    private final InputStream script;
    private final ScriptPieces pieces;
    private byte[] held = {};
    private int next;

    private OwnerlessScript(InputStream script) {
        this.script = script;
        this.pieces = new ScriptPieces(script);
    }

    /** Returns the script without them. Closing it closes the script. */
    public static InputStream of(InputStream script) {
        return new OwnerlessScript(script);
    }

    @Override
    public int read() throws IOException {
        return hold() ? Byte.toUnsignedInt(held[next++]) : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!hold()) {
            return -1;
        }
        int given = Math.min(length, held.length - next);
        System.arraycopy(held, next, target, offset, given);
        next += given;
        return given;
    }

    /** Holds bytes that aren't read yet, unless the script has ended. */
    private boolean hold() throws IOException {
        while (next == held.length) {
            if (!pieces.next()) {
                return false;
            }
            held = isLeftOut() ? new byte[0] : pieces.bytes();
            next = 0;
        }
        return true;
    }

    private boolean isLeftOut() {
        return pieces.kind() == ScriptPieces.Kind.STATEMENT
                && LEFT_OUT.matcher(pieces.text()).matches();
    }

    @Override
    public void close() throws IOException {
        script.close();
    }
}
