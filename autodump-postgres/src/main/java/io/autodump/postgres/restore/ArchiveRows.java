package io.autodump.postgres.restore;

import io.autodump.core.dump.DumpPart;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.restore.StoredParts;
import io.autodump.postgres.connection.Sql;
import io.autodump.postgres.contents.ArchiveEntry;
import io.autodump.postgres.load.LoadListener;
import io.autodump.postgres.load.RefusedRowsException;
import io.autodump.process.stream.OuterCompression;
import io.autodump.process.stream.StoredBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.OptionalInt;

/** Restores the rows of an archive over one connection. If the server refuses some, the next run goes on with them. */
final class ArchiveRows implements Runnable {
    private static final String ROWS = "--section=data";

    private final RestorePrograms programs;
    private final OpenedDump dump;
    private final StoredParts stored;
    private final List<String> chosen;
    private final LoadListener listener;

    /** The entry of the archive whose rows were refused. */
    private OptionalInt refused = OptionalInt.empty();

    /**
     * Starts nothing yet.
     *
     * @param stored where the archive is read again
     * @param chosen the options that choose what of the archive is restored
     */
    ArchiveRows(
            RestorePrograms programs, OpenedDump dump, StoredParts stored, List<String> chosen, LoadListener listener) {
        this.programs = programs;
        this.dump = dump;
        this.stored = stored;
        this.chosen = chosen;
        this.listener = listener;
    }

    @Override
    public void run() {
        RestoreMessages messages = new RestoreMessages(listener);
        try {
            if (refused.isPresent()) {
                restoreFrom(refused.getAsInt(), messages);
            } else {
                restoreAll(messages);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Restoration.interrupted();
        } catch (AutoDumpException failed) {
            throw explained(failed, messages.refusedEntry());
        }
    }

    /** If rows are refused, reads on to the end: damaged bytes would be the reason. */
    private void restoreAll(RestoreMessages messages) throws InterruptedException {
        try {
            programs.restore(Restoration.with(chosen, List.of(ROWS)), dump.bytes(), messages);
            dump.readToEnd();
        } catch (IOException unreadable) {
            throw dump.explain(unreadable);
        } catch (AutoDumpException failed) {
            if (messages.refusedEntry().isPresent()) {
                dump.readToEnd();
            }
            throw failed;
        }
    }

    /** {@code pg_restore} passes over the rows that are there. */
    private void restoreFrom(int entry, RestoreMessages messages) throws InterruptedException {
        DumpPart archive = dump.manifest().parts().archive();
        InputStream opened = stored.open(archive.name());
        StoredBytes bytes = new StoredBytes(opened, DumpProgress.SILENT);
        try (opened;
                ChosenContents rest = ChosenContents.from(dump.chosen().orElseThrow(), entry);
                InputStream rows = OuterCompression.undo(archive.compression(), bytes)) {
            programs.restore(Restoration.with(rest.options(), List.of(ROWS)), rows, messages);
            bytes.transferTo(OutputStream.nullOutputStream());
        } catch (IOException unreadable) {
            throw bytes.explain(unreadable);
        }
    }

    private AutoDumpException explained(AutoDumpException failed, OptionalInt entry) {
        if (failed.code() != ErrorCode.RESTORE_FAILED || entry.isEmpty()) {
            return failed;
        }
        boolean someLoaded = !entry.equals(refused);
        refused = entry;
        return dump.chosen().orElseThrow().entries().stream()
                .filter(one -> one.id() == entry.getAsInt())
                .findFirst()
                .<AutoDumpException>map(one -> RefusedRowsException.ofRest(failed, table(one), someLoaded))
                .orElse(failed);
    }

    private static String table(ArchiveEntry rows) {
        return Sql.quoted(rows.schema()) + "." + Sql.quoted(rows.name());
    }
}
