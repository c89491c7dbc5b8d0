package io.autodump.core.testing;

import io.autodump.core.dump.StoredFile;
import io.autodump.core.port.DumpUpload;
import java.io.ByteArrayOutputStream;
import java.util.function.Function;

/** One file on its way into an {@link InMemoryDumpStore}. */
final class InMemoryUpload implements DumpUpload {
    private final String path;
    private final Function<byte[], StoredFile> committing;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean ended;

    InMemoryUpload(String path, Function<byte[], StoredFile> committing) {
        this.path = path;
        this.committing = committing;
    }

    boolean isOpen() {
        return !ended;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) {
        requireOpen();
        bytes.write(buffer, offset, length);
    }

    @Override
    public StoredFile commit() {
        requireOpen();
        ended = true;
        return committing.apply(bytes.toByteArray());
    }

    @Override
    public void close() {
        ended = true;
    }

    private void requireOpen() {
        if (ended) {
            throw new IllegalStateException("the upload of " + path + " has ended");
        }
    }
}
