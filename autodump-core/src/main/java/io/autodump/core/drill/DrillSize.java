package io.autodump.core.drill;

import io.autodump.core.dump.DumpManifest;

/**
 * Estimates the disk space that a restored database takes while it is restored, from the manifest alone. The estimate
 * is meant to be too large rather than too small.
 */
public final class DrillSize {
    /** An empty database server, and its log of changes, whose size a throw-away server limits. */
    private static final long SERVER = 1L << 30;

    /** Rows on disk and their indexes, compared with the rows as text. */
    private static final long GROWTH = 3;

    /** How much smaller the database program's own compression makes rows. */
    private static final long COMPRESSION = 6;

    private DrillSize() {}

    /** Returns the space in bytes: 1 GiB, and 3 times what the dump holds uncompressed. */
    public static long bytes(DumpManifest manifest) {
        boolean compressedInside = manifest.sourceBytes() == manifest.storedBytes()
                && manifest.settings().compression().level() != 0;
        long content = compressedInside ? manifest.sourceBytes() * COMPRESSION : manifest.sourceBytes();
        return SERVER + content * GROWTH;
    }
}
