package io.autodump.process.stream;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.internal.IoReason;
import io.autodump.core.port.DumpProgress;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The stored bytes of a dump as they are read from the store. Counts them, and tells a failure of the store from
 * damaged bytes. Closing this stream doesn't close the store's stream: the caller does.
 */
public final class StoredBytes extends FilterInputStream {
    private final DumpProgress progress;
    private long count;
    private @Nullable IOException failure;

    public StoredBytes(InputStream stored, DumpProgress progress) {
        super(stored);
        this.progress = progress;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int read = read(one, 0, 1);
        return read < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            int read = super.read(buffer, offset, length);
            if (read > 0) {
                count += read;
                progress.bytes(count);
            }
            return read;
        } catch (IOException failed) {
            failure = failed;
            throw failed;
        }
    }

    /** Reads and counts the skipped bytes. */
    @Override
    public long skip(long wanted) throws IOException {
        long skipped = 0;
        while (skipped < wanted && read() >= 0) {
            skipped++;
        }
        return skipped;
    }

    /**
     * Never returns 0: {@link java.util.zip.GZIPInputStream} would take it for the end, although members may follow.
     */
    @Override
    public int available() {
        return 1;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void close() {}

    /**
     * Explains why the dump couldn't be read: {@code STORE_FAILED} if the store failed, otherwise {@code DUMP_CORRUPT}.
     */
    public AutoDumpException explain(IOException unreadable) {
        if (failure != null) {
            return new AutoDumpException(
                    ErrorCode.STORE_FAILED,
                    "the stored dump couldn't be read on after " + count + " bytes: " + IoReason.of(failure),
                    "check the store and the connection to it, then try again",
                    failure);
        }
        return corrupt(
                "its outer compression is damaged before byte " + count + ": " + IoReason.of(unreadable), unreadable);
    }

    public static AutoDumpException corrupt(String problem, @Nullable Throwable cause) {
        return new AutoDumpException(
                ErrorCode.DUMP_CORRUPT, "the dump isn't whole: " + problem, Hints.OTHER_DUMP, cause);
    }
}
