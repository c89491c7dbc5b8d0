package io.autodump.core.usecase;

import io.autodump.core.dump.StoredFile;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.port.DumpProgress;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * One pass over a stored file whose end compares size and SHA-256 with the manifest. The read that would return the end
 * of the file throws {@code DUMP_CORRUPT} instead, if they differ. Not API. Not thread-safe.
 */
public final class ComparedStream extends FilterInputStream {
    private final HashedStream stored;
    private final StoredFile expected;
    private final String what;
    private final IntConsumer read;
    private final Runnable whole;
    private boolean ended;

    /**
     * Begins a pass.
     *
     * @param expected the size and the checksum in the manifest
     * @param what names the file in the message
     */
    public ComparedStream(InputStream stored, StoredFile expected, String what) {
        this(stored, expected, what, bytes -> {}, () -> {});
    }

    /**
     * As above.
     *
     * @param read gets the number of bytes of each read
     * @param whole is run once, at the end of a file that is the manifest's
     */
    ComparedStream(InputStream stored, StoredFile expected, String what, IntConsumer read, Runnable whole) {
        this(new HashedStream(stored, DumpProgress.SILENT), expected, what, read, whole);
    }

    private ComparedStream(HashedStream stored, StoredFile expected, String what, IntConsumer read, Runnable whole) {
        super(stored);
        this.stored = stored;
        this.expected = expected;
        this.what = what;
        this.read = read;
        this.whole = whole;
    }

    /**
     * Reads what is left, if anything.
     *
     * @throws AutoDumpException {@code DUMP_CORRUPT} if the file isn't the manifest's
     * @throws UncheckedIOException if it can't be read
     */
    public void compareRest() {
        try {
            transferTo(OutputStream.nullOutputStream());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = ended ? -1 : stored.read(buffer, offset, length);
        if (count > 0) {
            read.accept(count);
        } else if (count < 0 && !ended) {
            ended = true;
            compare();
        }
        return count;
    }

    private void compare() {
        Optional<String> difference = stored.differenceOfRead(expected);
        if (difference.isPresent()) {
            throw new AutoDumpException(
                    ErrorCode.DUMP_CORRUPT, what + " isn't what was dumped: " + difference.get(), Hints.OTHER_DUMP);
        }
        whole.run();
    }
}
