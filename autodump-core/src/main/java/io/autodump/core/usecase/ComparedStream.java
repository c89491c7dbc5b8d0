package io.autodump.core.usecase;

import io.autodump.core.dump.StoredFile;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.port.DumpProgress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * One pass over a stored file whose end compares size and SHA-256 with the manifest. The read that would return the end
 * of the file throws {@code DUMP_CORRUPT} instead, if they differ. Not API. Not thread-safe.
 */
public class ComparedStream extends HashedStream {
    private final StoredFile expected;
    private final String what;
    private boolean ended;

    /**
     * Begins a pass.
     *
     * @param expected the size and the checksum in the manifest
     * @param what names the file in the message
     */
    public ComparedStream(InputStream stored, StoredFile expected, String what) {
        super(stored, DumpProgress.SILENT);
        this.expected = expected;
        this.what = what;
    }

    /**
     * Reads what is left, if anything.
     *
     * @throws AutoDumpException {@code DUMP_CORRUPT} if the file isn't the manifest's
     */
    public final void compareRest() throws IOException {
        transferTo(OutputStream.nullOutputStream());
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = ended ? -1 : super.read(buffer, offset, length);
        if (read < 0 && !ended) {
            ended = true;
            compare();
        }
        return read;
    }

    /** Called once, at the end of the file. */
    void compare() {
        Optional<String> difference = differenceOfRead(expected);
        if (difference.isPresent()) {
            throw new AutoDumpException(
                    ErrorCode.DUMP_CORRUPT, what + " isn't what was dumped: " + difference.get(), Hints.OTHER_DUMP);
        }
    }
}
