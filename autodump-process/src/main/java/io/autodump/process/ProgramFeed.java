package io.autodump.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Gives a stream to a program that may have enough before its end. */
public final class ProgramFeed {
    private static final int BUFFER = 64 * 1024;

    private ProgramFeed() {}

    /**
     * Copies until the stream ends or the program takes no more; why it stopped is for its exit status to say. Its
     * stdin stays open.
     *
     * @return whether it took everything
     * @throws IOException if the stream can't be read; never for a program that is gone
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

    /** Whether the program took these bytes. */
    public static boolean offer(OutputStream stdin, byte[] buffer, int offset, int length) {
        try {
            stdin.write(buffer, offset, length);
            stdin.flush();
            return true;
        } catch (IOException brokenPipe) {
            return false;
        }
    }

    /** Tells the program that this was all. */
    public static void end(OutputStream stdin) {
        try {
            stdin.close();
        } catch (IOException alreadyGone) {
            // Its exit status says why.
        }
    }
}
