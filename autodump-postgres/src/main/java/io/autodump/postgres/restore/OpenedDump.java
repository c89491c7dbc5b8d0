package io.autodump.postgres.restore;

import com.google.common.io.ByteSource;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.port.DumpProgress;
import io.autodump.postgres.contents.ArchiveCatalog;
import io.autodump.postgres.contents.ChosenEntries;
import io.autodump.postgres.contents.ScriptCatalog;
import io.autodump.process.stream.OuterCompression;
import io.autodump.process.stream.StoredBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** A stored dump whose beginning was read. Closing it leaves the stored stream open. */
final class OpenedDump implements AutoCloseable {
    private final DumpManifest manifest;
    private final StoredBytes stored;
    private final InputStream bytes;
    private final Optional<ArchiveCatalog> catalog;
    private final Optional<ChosenEntries> chosen;

    private OpenedDump(
            DumpManifest manifest,
            StoredBytes stored,
            InputStream bytes,
            Optional<ArchiveCatalog> catalog,
            Optional<ChosenEntries> chosen) {
        this.manifest = manifest;
        this.stored = stored;
        this.bytes = bytes;
        this.catalog = catalog;
        this.chosen = chosen;
    }

    /**
     * Reads the contents list of an archive.
     *
     * @throws AutoDumpException {@code DUMP_CORRUPT}, {@code STORE_FAILED}; {@code INVALID_ARGUMENT} if an option
     *     chooses what isn't there
     */
    static OpenedDump open(DumpManifest manifest, InputStream stored, RestoreOptions options, DumpProgress progress) {
        StoredBytes bytes = new StoredBytes(stored, progress);
        try {
            InputStream dump = OuterCompression.undo(manifest.fileType(), bytes);
            if (manifest.fileType().format() == DumpFormat.PLAIN) {
                return new OpenedDump(manifest, bytes, dump, Optional.empty(), Optional.empty());
            }
            ArchiveCatalog catalog = ArchiveCatalog.read(dump);
            ChosenEntries chosen = ChosenEntries.of(catalog.entries(), options);
            return new OpenedDump(manifest, bytes, catalog.archive(), Optional.of(catalog), Optional.of(chosen));
        } catch (IOException unreadable) {
            throw unchanged(bytes.explain(unreadable));
        } catch (AutoDumpException failed) {
            throw unchanged(failed);
        }
    }

    /**
     * As {@link #open}. A plain script has its contents all over, so the whole of it is read.
     */
    static OpenedDump openToLook(DumpManifest manifest, InputStream stored, RestoreOptions options) {
        if (manifest.fileType().format() != DumpFormat.PLAIN) {
            return open(manifest, stored, options, DumpProgress.SILENT);
        }
        StoredBytes bytes = new StoredBytes(stored, DumpProgress.SILENT);
        try {
            InputStream script = OuterCompression.undo(manifest.fileType(), bytes);
            ChosenEntries chosen = ChosenEntries.of(ScriptCatalog.read(script), options);
            return new OpenedDump(manifest, bytes, script, Optional.empty(), Optional.of(chosen));
        } catch (IOException unreadable) {
            throw unchanged(bytes.explain(unreadable));
        }
    }

    private static AutoDumpException unchanged(AutoDumpException failed) {
        return failed.description().endsWith("nothing was changed")
                ? failed
                : new AutoDumpException(
                        failed.code(),
                        failed.description() + "; nothing was changed",
                        failed.hint().orElse(null),
                        failed);
    }

    /** The same dump, of which these options choose. Nothing of it was read since it was opened. */
    OpenedDump choosing(RestoreOptions options) {
        return new OpenedDump(manifest, stored, bytes, catalog, chosen.map(entries -> entries.by(options)));
    }

    DumpManifest manifest() {
        return manifest;
    }

    /** What is restored of an archive; empty for a plain script, unless it was opened to look at it. */
    Optional<ChosenEntries> chosen() {
        return chosen;
    }

    /** The archive or script from its beginning, without outer compression. */
    InputStream bytes() {
        return bytes;
    }

    /** The beginning of the archive, up to the end of its contents list; what isn't rows can be restored from it. */
    ByteSource contentsList() {
        return catalog.orElseThrow().contentsList();
    }

    /** The parts whose rows are restored. */
    List<DumpPart> chosenParts() {
        return manifest.parts().data().stream()
                .filter(part -> part.table().stream()
                        .anyMatch(table -> chosen.orElseThrow().takesRowsOf(table)))
                .toList();
    }

    /**
     * Reads what the programs have left unread. At its end the stored stream may find that its bytes aren't the dump's.
     *
     * @throws AutoDumpException {@code DUMP_CORRUPT}, {@code STORE_FAILED}
     */
    void readToEnd() {
        try {
            stored.transferTo(OutputStream.nullOutputStream());
        } catch (IOException unreadable) {
            throw stored.explain(unreadable);
        }
    }

    /** What a failure to read the dump means. */
    AutoDumpException explain(IOException unreadable) {
        return stored.explain(unreadable);
    }

    @Override
    public void close() {
        try {
            bytes.close();
        } catch (IOException alreadyRead) {
            // The stored stream is its owner's to close, and a decompressor has nothing to lose.
        }
    }
}
