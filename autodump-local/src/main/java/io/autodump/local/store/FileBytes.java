package io.autodump.local.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.Consumer;

/** Reads a file from its beginning to its end, in constant memory. */
final class FileBytes {
    private static final int BUFFER = 1 << 18;

    private FileBytes() {}

    /**
     * Passes the file to the reader, piece by piece.
     *
     * @return the number of bytes
     */
    static long forEach(FileChannel channel, Consumer<ByteBuffer> reader) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        long position = 0;
        for (int read = channel.read(buffer, position); read >= 0; read = channel.read(buffer, position)) {
            position += read;
            reader.accept(buffer.flip());
            buffer.clear();
        }
        return position;
    }
}
