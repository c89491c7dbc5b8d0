package io.autodump.core.usecase.dump;

import java.io.IOException;
import java.io.OutputStream;

/**
 * What a source writes into, on its way to encryption and upload. Counts the source's bytes. Closing it has no effect:
 * only {@link #finish} ends the file, when the source has succeeded.
 */
final class SourceStream extends OutputStream {
    private final OutputStream next;
    private long bytes;

    SourceStream(OutputStream next) {
        this.next = next;
    }

    @Override
    public void write(int value) throws IOException {
        next.write(value);
        bytes++;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        next.write(buffer, offset, length);
        bytes += length;
    }

    /** Returns how many bytes the source has written. */
    long bytes() {
        return bytes;
    }

    /** Writes the end of the file. */
    void finish() throws IOException {
        next.close();
    }
}
