package io.autodump.testkit;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;

/** A stream that performs an action once, after some of its bytes. */
public final class ActingInputStream extends FilterInputStream {
    private final int bytesBefore;
    private final Action action;
    private int given;
    private boolean acted;

    /** The action between two bytes. */
    public interface Action {
        void run() throws IOException;
    }

    public ActingInputStream(byte[] bytes, int bytesBefore, Action action) {
        super(new ByteArrayInputStream(bytes));
        this.bytesBefore = bytesBefore;
        this.action = action;
    }

    /** Returns a stream that fails after some bytes, and at every later read. */
    public static ActingInputStream failing(byte[] bytes, int bytesBefore, String message) {
        return new ActingInputStream(bytes, bytesBefore, () -> {
            throw new IOException(message);
        });
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (given >= bytesBefore && !acted) {
            acted = true;
            action.run();
        }
        int most = acted ? length : Math.min(length, bytesBefore - given);
        int read = super.read(buffer, offset, most);
        given += Math.max(read, 0);
        return read;
    }
}
