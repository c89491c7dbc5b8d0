package io.autodump.core.usecase;

import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.StoredFile;
import io.autodump.core.port.DumpProgress;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Optional;

/** One pass over a stored file: counts and hashes each byte that is read. Not API. Not thread-safe. */
public final class HashedStream extends FilterInputStream {
    private final DumpProgress progress;
    private final MessageDigest digest = Checksum.newSha256();
    private long bytes;

    /** Begins a pass. */
    public HashedStream(InputStream stored, DumpProgress progress) {
        super(stored);
        this.progress = progress;
    }

    /**
     * Reads what is left, and compares the file with its manifest. Called once, and nothing is read after it.
     *
     * @param expected the size and the checksum in the manifest
     * @return what differs; empty if the size and the SHA-256 are the manifest's
     */
    public Optional<String> difference(StoredFile expected) throws IOException {
        transferTo(OutputStream.nullOutputStream());
        return differenceOfRead(expected);
    }

    /** Compares what was read. Called once. */
    Optional<String> differenceOfRead(StoredFile expected) {
        Checksum actual = Checksum.ofSha256(digest.digest());
        return new StoredFile(bytes, actual).equals(expected)
                ? Optional.empty()
                : Optional.of("the store holds " + bytes + " bytes with " + actual + ", the manifest has "
                        + expected.bytes() + " bytes with " + expected.checksum());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read > 0) {
            digest.update(buffer, offset, read);
            bytes += read;
            progress.bytes(bytes);
        }
        return read;
    }

    /** Skips by reading: skipped bytes would be neither counted nor hashed. */
    @Override
    public long skip(long count) {
        return 0;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
