package io.autodump.core.usecase.dump;

import io.autodump.core.port.DumpUpload;
import java.io.OutputStream;

/** Passes bytes on to an upload, and counts them. Closing it has no effect: it never publishes. */
final class UploadStream extends OutputStream {
    private final DumpUpload upload;
    private long bytes;

    UploadStream(DumpUpload upload) {
        this.upload = upload;
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) {
        upload.write(buffer, offset, length);
        bytes += length;
    }

    long bytes() {
        return bytes;
    }
}
