package io.autodump.core.dump;

/**
 * What the stored bytes are.
 *
 * @param format the format that {@code pg_dump} wrote
 * @param outerCompression what the whole file is compressed with; {@link Compression#NONE} where the archive compresses
 *     its own blocks or nothing does
 */
public record DumpFileType(DumpFormat format, Compression outerCompression) {
    /** How the file's name ends, for example {@code .dump.zst}. */
    public String extension() {
        return format.extension() + outerCompression.algorithm().extension();
    }
}
