package io.autodump.local.store;

import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.StoredFile;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpUpload;
import io.autodump.local.file.DurableFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.zip.CRC32C;

/** One file on its way into a {@link DirectoryDumpStore}. Used by one thread. */
final class DirectoryUpload implements DumpUpload {
    private final String subject;
    private final Path root;
    private final DurableFiles files;
    private final Naming naming;
    private final PartialFiles.Partial partial;
    private final MessageDigest sha256 = Checksum.newSha256();
    private final CRC32C crc = new CRC32C();
    private boolean ended;
    private boolean closed;
    private long written;

    /**
     * Begins to write.
     *
     * @param subject what is written, for messages
     * @param root the folder of the store
     */
    DirectoryUpload(String subject, Path root, DurableFiles files, PartialFiles.Partial partial, Naming naming) {
        this.subject = subject;
        this.root = root;
        this.files = files;
        this.partial = partial;
        this.naming = naming;
    }

    /** Gives a checked and durable file its name. */
    interface Naming {
        void name(Path written, StoredFile stored);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        requireOpen();
        sha256.update(bytes, offset, length);
        crc.update(bytes, offset, length);
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        try {
            while (buffer.hasRemaining()) {
                written += partial.channel().write(buffer);
            }
        } catch (IOException failed) {
            ended = true;
            throw StoreFailure.of(subject + " couldn't be written on after " + written + " bytes", root, failed);
        }
    }

    @Override
    public StoredFile commit() {
        requireOpen();
        ended = true;
        try {
            files.sync(partial.channel());
            requireWrittenBytes();
        } catch (IOException failed) {
            throw StoreFailure.of(subject + " couldn't be written down", root, failed);
        }
        StoredFile stored = new StoredFile(written, Checksum.ofSha256(sha256.digest()));
        naming.name(partial.path(), stored);
        return stored;
    }

    /**
     * Reads the file back. The SHA-256 was taken from the bytes in memory, so this is the one proof that the file
     * system kept them: a short write, another process that wrote to the file, a faulty network share. A CRC-32C finds
     * these as well as a SHA-256 would, for a tenth of the time.
     */
    private void requireWrittenBytes() throws IOException {
        FileCrc stored = FileCrc.of(partial.channel());
        FileCrc expected = new FileCrc(written, crc.getValue());
        if (!stored.equals(expected)) {
            throw new AutoDumpException(
                    ErrorCode.DUMP_CORRUPT,
                    "the bytes on the disk aren't those of " + subject + ": they are " + stored + " and not " + expected
                            + "; nothing was published",
                    "check the disk of " + root + ", then run the dump again");
        }
    }

    @Override
    public void close() {
        ended = true;
        if (!closed) {
            closed = true;
            partial.discard();
        }
    }

    private void requireOpen() {
        if (ended) {
            throw new IllegalStateException("the upload of " + subject + " has ended");
        }
    }
}
