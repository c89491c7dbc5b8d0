package io.autodump.textfile;

import io.autodump.core.database.TlsMode;
import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.SourceReport;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.PreparedDump;
import io.autodump.process.ChildProcess;
import io.autodump.process.OpenResources;
import io.autodump.process.stream.CompressingSink;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs {@code cat}, and believes it only if it exits with 0. */
final class TextFileDump implements PreparedDump {
    private final String script;
    private final Path file;
    private final DumpSettings settings;
    private final OpenResources open = new OpenResources();

    TextFileDump(String script, Path file, DumpSettings settings) {
        this.script = script;
        this.file = file;
        this.settings = settings;
    }

    @Override
    public DumpFileType fileType() {
        return new DumpFileType(DumpFormat.PLAIN, settings.compression());
    }

    @Override
    public long databaseBytes() {
        return file.toFile().length();
    }

    @Override
    public SourceReport writeTo(OutputStream sink, DumpProgress progress) {
        requireNotStopped();
        try (CompressingSink outer = CompressingSink.of(
                        settings.compression(), settings.jobs().orElse(1), sink);
                ChildProcess cat = start()) {
            open.add(cat::close);
            long bytes = copy(cat.stdout(), outer, progress);
            requireGoodEnd(cat);
            outer.finish();
            return report(bytes);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private ChildProcess start() {
        return ChildProcess.start(
                List.of("/bin/sh", "-c", script, "dump", file.toString()),
                Map.of("PATH", "/usr/bin:/bin"),
                line -> false,
                ChildProcess.NO_REDACTION);
    }

    private static long copy(InputStream stdout, CompressingSink outer, DumpProgress progress) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long bytes = 0;
        for (int read = read(stdout, buffer); read >= 0; read = read(stdout, buffer)) {
            outer.write(buffer, 0, read);
            bytes += read;
            progress.bytes(bytes);
        }
        return bytes;
    }

    /** A broken pipe is an end of the output; whether it was a good one, the exit status says. */
    private static int read(InputStream stdout, byte[] buffer) {
        try {
            return stdout.read(buffer);
        } catch (IOException ended) {
            return -1;
        }
    }

    private void requireGoodEnd(ChildProcess cat) {
        try {
            int status = cat.waitFor();
            requireNotStopped();
            if (status != 0) {
                throw new AutoDumpException(
                        ErrorCode.DUMP_PROCESS_FAILED,
                        "cat exited with status " + status + "; nothing was published",
                        cat.lastError().orElse("try it by hand"));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw stopped();
        }
    }

    private void requireNotStopped() {
        if (open.isStopped()) {
            throw stopped();
        }
    }

    private static AutoDumpException stopped() {
        return new AutoDumpException(ErrorCode.INTERRUPTED, "stopped; nothing was published", "dump again");
    }

    private static SourceReport report(long bytes) {
        return SourceReport.builder()
                .serverVersion("1")
                .clientVersion("1")
                .tls(TlsMode.DISABLE)
                .sourceBytes(bytes)
                .build();
    }

    @Override
    public void close() {
        open.stop();
    }
}
