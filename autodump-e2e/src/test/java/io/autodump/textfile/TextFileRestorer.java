package io.autodump.textfile;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.RestoreReport;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpRestorer;
import io.autodump.process.stream.OuterCompression;
import io.autodump.process.stream.StoredBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes a dumped text back into a file. */
final class TextFileRestorer implements DumpRestorer {
    private static final String BEGIN = "BEGIN\n";
    private static final String END = "END\n";

    /** The text of a dump, if the dump is whole. */
    static String text(DumpManifest manifest, InputStream stored) {
        StoredBytes bytes = new StoredBytes(stored, DumpProgress.SILENT);
        try (InputStream dump = OuterCompression.undo(manifest.fileType(), bytes)) {
            String text = new String(dump.readAllBytes(), StandardCharsets.UTF_8);
            if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
                throw new AutoDumpException(ErrorCode.DUMP_CORRUPT, "the dump isn't whole", "use another dump");
            }
            return text.substring(BEGIN.length(), text.length() - END.length());
        } catch (IOException unreadable) {
            throw bytes.explain(unreadable);
        }
    }

    @Override
    public void check(DumpManifest manifest, DatabaseSecret target, RestoreOptions options) {
        Path file = TextFileEngine.file(target);
        if (!Files.exists(file) && !options.create()) {
            throw new AutoDumpException(ErrorCode.TARGET_MISSING, "there is no file " + file, "create it");
        }
        if (file.toFile().length() > 0 && !options.intoNonEmpty()) {
            throw new AutoDumpException(ErrorCode.TARGET_NOT_EMPTY, file + " isn't empty", "use another file");
        }
    }

    @Override
    public RestoreReport restore(
            DumpManifest manifest,
            InputStream stored,
            DatabaseSecret target,
            RestoreOptions options,
            DumpProgress progress) {
        check(manifest, target, options);
        try {
            Files.writeString(TextFileEngine.file(target), text(manifest, stored));
            return new RestoreReport("1", "1", List.of());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
