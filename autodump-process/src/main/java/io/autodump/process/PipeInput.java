package io.autodump.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * The reading end of a pipe. Any thread may call {@link #close}, which wakes the thread that reads. Any thread may also
 * call {@link #giveUp}: from then on, the end of the stream is a failure and never counts as complete output.
 */
final class PipeInput extends InputStream {
    private final FileChannel channel;
    private volatile boolean ended;
    private volatile boolean givenUp;

    PipeInput(FileChannel channel) {
        this.channel = channel;
    }

    /** Makes the end of the stream, which comes when its writers are killed, an {@link IOException}. */
    void giveUp() {
        givenUp = true;
    }

    /** Returns whether the pipe was read to its end: every process that could write to it has closed it. */
    boolean isEnded() {
        return ended;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = channel.read(ByteBuffer.wrap(buffer, offset, length));
        if (read < 0 && givenUp && !ended) {
            throw new IOException("the processes that write to the pipe were ended");
        }
        ended = ended || read < 0;
        return read;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
