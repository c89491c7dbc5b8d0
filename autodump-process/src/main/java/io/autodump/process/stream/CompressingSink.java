package io.autodump.process.stream;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.autodump.core.dump.Compression;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Compresses a whole file on its way into a sink. {@link #finish()} writes the end of the file. {@link #close()} only
 * frees memory. Neither closes the sink.
 */
public final class CompressingSink implements AutoCloseable {
    private static final int GZIP_BUFFER = 64 * 1024;

    private final Compression compression;
    private final int threads;
    private final Shield shield;
    private @Nullable OutputStream stream;

    private CompressingSink(Compression compression, int threads, Shield shield) {
        this.compression = compression;
        this.threads = threads;
        this.shield = shield;
    }

    /**
     * Creates a compressor. It writes nothing to the sink before the first byte comes, so that another dump can use the
     * sink until then.
     */
    public static CompressingSink of(Compression compression, int threads, OutputStream sink) {
        return new CompressingSink(compression, threads, new Shield(sink));
    }

    private OutputStream stream() throws IOException {
        OutputStream open = stream;
        if (open == null) {
            open = switch (compression.algorithm()) {
                case NONE -> shield;
                case GZIP -> new LeveledGzip(shield, compression.level());
                case ZSTD -> zstd(shield, compression.level(), threads);
            };
            stream = open;
        }
        return open;
    }

    private static OutputStream zstd(OutputStream sink, int level, int threads) throws IOException {
        ZstdLibrary.load();
        ZstdOutputStreamNoFinalizer zstd = new ZstdOutputStreamNoFinalizer(sink, level);
        zstd.setChecksum(true);
        // One worker differs from none: with a thread of its own, zstd compresses while the next bytes are read
        // and hashed.
        zstd.setWorkers(threads);
        return zstd;
    }

    public void write(byte[] bytes, int offset, int length) throws IOException {
        stream().write(bytes, offset, length);
    }

    /** Writes the rest and the end of the file, and flushes the sink. */
    public void finish() throws IOException {
        stream().close();
        shield.out().flush();
    }

    @Override
    public void close() {
        shield.discard();
        OutputStream open = stream;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (IOException nothingIsWrittenAnyMore) {
            throw new AssertionError(nothingIsWrittenAnyMore);
        }
    }

    private static final class LeveledGzip extends GZIPOutputStream {
        LeveledGzip(OutputStream out, int level) throws IOException {
            super(out, GZIP_BUFFER);
            def.setLevel(level);
        }
    }

    /** Keeps the sink open, and keeps the last bytes of an abandoned file out of it. */
    private static final class Shield extends FilterOutputStream {
        private boolean discarding;

        Shield(OutputStream sink) {
            super(sink);
        }

        OutputStream out() {
            return out;
        }

        void discard() {
            discarding = true;
        }

        @Override
        public void write(int value) throws IOException {
            if (!discarding) {
                out.write(value);
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (!discarding) {
                out.write(bytes, offset, length);
            }
        }

        @Override
        public void flush() {
            // Small flushes of the compressor would only cause small writes.
        }

        @Override
        public void close() {
            discarding = true;
        }
    }
}
