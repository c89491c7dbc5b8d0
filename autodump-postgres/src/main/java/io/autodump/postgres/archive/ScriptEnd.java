package io.autodump.postgres.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Checks the beginning and the end of a plain script while it streams. A script that is cut short must never count as
 * complete: {@code psql} takes the end of its input for the end of a table's rows.
 */
public final class ScriptEnd extends FilterInputStream {
    private final ScriptEdges edges = new ScriptEdges();

    public ScriptEnd(InputStream script) {
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
            edges.accept(buffer, offset, read);
        }
        return read;
    }

    /** Skips nothing: skipped bytes would not be checked. */
    @Override
    public long skip(long wanted) {
        return 0;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Returns whether everything that was read so far is a complete script. */
    public boolean isWhole() {
        return edges.isWhole();
    }
}
