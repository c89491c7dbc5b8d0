package io.autodump.postgres.archive;

import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.port.ArchiveInspector;
import io.autodump.core.port.DumpProgress;
import io.autodump.postgres.client.PostgresClients;
import io.autodump.process.stream.OuterCompression;
import io.autodump.process.stream.StoredBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Reads dumps with {@code pg_restore}, from their first byte to their last, without a server and without staging them. An
 * archive's contents list is counted, its structure is followed to the last block, and every block of its data is
 * decompressed; a plain script is read to its closing line. Nothing may lie behind the end of either. A dump that passes
 * the checks while it is made passes the same ones here.
 *
 * <p>A failure of the store is {@code STORE_FAILED}. Thread-safe.
 */
public final class PgRestoreInspector implements ArchiveInspector {
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
