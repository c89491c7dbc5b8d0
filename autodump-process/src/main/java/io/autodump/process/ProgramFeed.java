package io.autodump.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Writes a stream to the stdin of a program that may stop reading before the end. */
public final class ProgramFeed {
    private static final int BUFFER = 64 * 1024;

    private ProgramFeed() {}

    /**
     * Copies until the stream ends or the program stops reading. The program's exit status says why it stopped. Leaves
     * its stdin open.
     *
     * @return whether the program took everything
     * @throws IOException if the stream can't be read; never because the program has exited
     */
    public static boolean copy(InputStream source, OutputStream stdin) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int read = source.read(buffer); read >= 0; read = source.read(buffer)) {
            if (!offer(stdin, buffer, 0, read)) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether the program took these bytes. */
    public static boolean offer(OutputStream stdin, byte[] buffer, int offset, int length) {
        try {
            stdin.write(buffer, offset, length);
            stdin.flush();
            return true;
        } catch (IOException brokenPipe) {
            return false;
        }
    }

    /** Closes the program's stdin. */
    public static void end(OutputStream stdin) {
        try {
            stdin.close();
        } catch (IOException alreadyGone) {
            // The exit status says why.
        }
    }
}
