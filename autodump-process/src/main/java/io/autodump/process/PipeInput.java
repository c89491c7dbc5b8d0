package io.autodump.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * The end of a pipe that is read. {@link #close}, by any thread, wakes the thread that reads. Once it is given up, which
 * any thread may do too, it has no end any more that could be taken for that of whole output.
 */
final class PipeInput extends InputStream {
    private final FileChannel channel;
    private volatile boolean ended;
    private volatile boolean givenUp;

    PipeInput(FileChannel channel) {
        this.channel = channel;
    }

    /** From now on its end, which comes when its writers are killed, is an {@link IOException}. */
    void giveUp() {
        givenUp = true;
    }

    /** Whether it was read to its end: every process that could write to it has closed it. */
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
