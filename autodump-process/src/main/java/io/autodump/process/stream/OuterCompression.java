package io.autodump.process.stream;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFileType;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** The compression around an archive or a script as a whole. */
public final class OuterCompression {
    private static final int BUFFER = 64 * 1024;

    private OuterCompression() {}

    /**
     * Returns the archive or the script itself. Reading it throws an {@link IOException} if the stored bytes are cut
     * short or changed, as far as the compression can tell. So does this method. Close the stream after use.
     */
    public static InputStream undo(DumpFileType fileType, StoredBytes stored) throws IOException {
        return undo(fileType.outerCompression(), stored);
    }

    /** As {@link #undo(DumpFileType, StoredBytes)}. */
    public static InputStream undo(Compression compression, StoredBytes stored) throws IOException {
        return switch (compression.algorithm()) {
            case ZSTD -> zstd(stored);
            case GZIP -> new GZIPInputStream(stored, BUFFER);
            case NONE -> stored;
        };
    }

    private static InputStream zstd(StoredBytes stored) throws IOException {
        ZstdLibrary.load();
        return new ZstdInputStreamNoFinalizer(stored);
    }
}
