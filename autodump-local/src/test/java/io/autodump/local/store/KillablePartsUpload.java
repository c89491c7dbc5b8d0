package io.autodump.local.store;

import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.port.DumpUpload;
import io.autodump.core.port.PartsUpload;
import java.io.IOException;
import java.nio.file.Path;

/** A real process in the middle of two dumps of several parts, for a test that kills it. */
final class KillablePartsUpload {
    private KillablePartsUpload() {}

    /**
     * Commits all parts of one dump and one part of another one, begins a second part, and waits.
     *
     * @param arguments the folder of the store, and the keys of the two dumps
     */
    public static void main(String[] arguments) throws IOException {
        DirectoryDumpStore store = new DirectoryDumpStore(Path.of(arguments[0]));
        PartsUpload committed = store.beginParts(new DumpKey(arguments[1]), 1);
        write(committed, DumpPart.archiveName(Compression.DEFAULT)).commit();
        committed.commit();
        PartsUpload open = store.beginParts(new DumpKey(arguments[2]), 2);
        write(open, DumpPart.archiveName(Compression.DEFAULT)).commit();
        write(open, DumpPart.dataName(1, Compression.DEFAULT));
        System.out.println("ready");
        System.in.read();
    }

    private static DumpUpload write(PartsUpload upload, String name) {
        DumpUpload part = upload.part(name);
        part.write(new byte[100], 0, 100);
        return part;
    }
}
