package io.autodump.postgres.archive;

import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.port.ArchiveInspector;
import io.autodump.core.port.DumpProgress;
import io.autodump.postgres.client.PostgresClients;
import io.autodump.process.stream.OuterCompression;
import io.autodump.process.stream.StoredBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads stored dumps with {@code pg_restore}, from the first byte to the last, without a server and without staging
 * them. For an archive, it counts the contents list, follows the structure to the last block, and decompresses every
 * block of data. It reads a plain script to its closing line. Nothing may follow either. These are the checks that a
 * dump passes while it is made.
 *
 * <p>Fails with {@code STORE_FAILED} if the store fails. Thread-safe.
 */
public final class PgRestoreInspector implements ArchiveInspector {
    private static final int BUFFER = 64 * 1024;

    private final PostgresClients clients;

    public PgRestoreInspector(PostgresClients clients) {
        this.clients = clients;
    }

    @Override
    public Optional<Integer> inspect(DumpManifest manifest, InputStream stored) {
        DumpFileType fileType = manifest.fileType();
        StoredBytes bytes = new StoredBytes(stored, DumpProgress.SILENT);
        if (fileType.format() == DumpFormat.PLAIN) {
            readScript(fileType, bytes);
            return Optional.empty();
        }
        ArchiveReading reading = new ArchiveReading(clients.forArchive(manifest.clientVersion()));
        try (InputStream archive = OuterCompression.undo(fileType, bytes)) {
            return Optional.of(reading.read(archive));
        } catch (IOException unreadable) {
            throw bytes.explain(unreadable);
        }
    }

    /** A row is a line. */
    @Override
    public OptionalLong countRows(DumpManifest manifest, DumpPart part, InputStream stored) {
        StoredBytes bytes = new StoredBytes(stored, DumpProgress.SILENT);
        try (InputStream rows = OuterCompression.undo(part.compression(), bytes)) {
            return OptionalLong.of(count(rows));
        } catch (IOException unreadable) {
            throw bytes.explain(unreadable);
        }
    }

    private static long count(InputStream rows) throws IOException {
        RowLines lines = new RowLines();
        byte[] buffer = new byte[BUFFER];
        for (int read = rows.read(buffer); read >= 0; read = rows.read(buffer)) {
            lines.accept(buffer, 0, read);
        }
        if (!lines.isWhole()) {
            throw StoredBytes.corrupt("its last row is cut short", null);
        }
        return lines.count();
    }

    private static void readScript(DumpFileType fileType, StoredBytes bytes) {
        try (ScriptEnd script = new ScriptEnd(OuterCompression.undo(fileType, bytes))) {
            script.transferTo(OutputStream.nullOutputStream());
            if (!script.isWhole()) {
                throw StoredBytes.corrupt("the script ends without pg_dump's closing line", null);
            }
        } catch (IOException unreadable) {
            throw bytes.explain(unreadable);
        }
    }
}
