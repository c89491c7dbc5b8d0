package io.autodump.core.dump;

/**
 * The type of a dump's file. Immutable.
 *
 * @param format the format that {@code pg_dump} wrote
 * @param outerCompression the compression of the whole file; {@link Compression#NONE} if the archive compresses its
 *     own blocks, or nothing is compressed
 */
public record DumpFileType(DumpFormat format, Compression outerCompression) {
    /** Returns what the file's name ends in, for example {@code .dump.zst}. */
    public String extension() {
        return format.extension() + outerCompression.algorithm().extension();
    }
}
