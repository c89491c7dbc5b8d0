package io.autodump.cli.terminal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/**
 * Output that may go into a pipe. If the reader closes the pipe early, as {@code head} does, the rest is dropped
 * without an error. Every other failure to write stays one. Thread-safe if the output below is.
 */
public final class PipeOutput extends FilterOutputStream {
    private volatile boolean closedByReader;

    /** Writes to this output. */
    public PipeOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (closedByReader) {
            return;
        }
        try {
            out.write(bytes, offset, length);
        } catch (IOException failed) {
            closedByReader =
                    String.valueOf(failed.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe");
            if (!closedByReader) {
                throw failed;
            }
        }
    }
}
