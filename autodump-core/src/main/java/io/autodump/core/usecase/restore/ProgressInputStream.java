package io.autodump.core.usecase.restore;

import io.autodump.core.port.DumpProgress;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what is read and tells of it. */
final class ProgressInputStream extends FilterInputStream {
    private final DumpProgress progress;
    private long bytes;

    ProgressInputStream(InputStream in, DumpProgress progress) {
        super(in);
        this.progress = progress;
    }

    long bytes() {
        return bytes;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? value : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        count(read);
        return read;
    }

    /** Skipped bytes would be neither counted nor hashed. */
    @Override
    public long skip(long count) {
        return 0;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(int read) {
        if (read > 0) {
            bytes += read;
            progress.bytes(bytes);
        }
    }
}
