package io.autodump.local.store;

import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpUpload;
import io.autodump.local.file.DurableFiles;
import java.io.IOException;
import java.nio.ByteBuffer;

/** One file on its way into a {@link DirectoryDumpStore}. Used by one thread. */
final class DirectoryUpload implements DumpUpload {
    private final DirectoryDumpStore store;
    private final DumpKey key;
    private final DurableFiles files;
    private final PartialFiles.Partial partial;
    private boolean ended;
    private boolean closed;
    private long written;

    DirectoryUpload(DirectoryDumpStore store, DumpKey key, DurableFiles files, PartialFiles.Partial partial) {
        this.store = store;
        this.key = key;
        this.files = files;
        this.partial = partial;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        requireOpen();
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        try {
            while (buffer.hasRemaining()) {
                written += partial.channel().write(buffer);
            }
        } catch (IOException failed) {
            ended = true;
            throw StoreFailure.of(
                    "dump " + key + " couldn't be written on after " + written + " bytes", store.root(), failed);
        }
    }

    @Override
    public void commit(Checksum expected) {
        requireOpen();
        ended = true;
        try {
            files.sync(partial.channel());
            Checksum stored = FileChecksum.of(partial.channel());
            if (!stored.equals(expected)) {
                throw new AutoDumpException(
                        ErrorCode.DUMP_CORRUPT,
                        "the bytes on the disk aren't those of dump " + key + ": they have " + stored + " and not "
                                + expected + "; nothing was published",
                        "check the disk of " + store.root() + ", then run the dump again");
            }
        } catch (IOException failed) {
            throw StoreFailure.of("dump " + key + " couldn't be written down", store.root(), failed);
        }
        store.commit(key, partial.path(), expected);
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
            throw new IllegalStateException("the upload of " + key + " has ended");
        }
    }
}
