package io.autodump.core.dump;

import io.autodump.core.encryption.DumpEncryption;
import io.autodump.core.internal.ValueStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.immutables.value.Value;

/**
 * One file of a dump that has several: the archive, or rows of one table. Immutable and thread-safe.
 *
 * <p>The archive is everything but these rows. The rows are compressed text of {@code COPY}, one line per row.
 */
@Value.Immutable
@ValueStyle
public abstract class DumpPart {
    private static final Pattern ARCHIVE = Pattern.compile("archive\\.dump(\\.zst|\\.gz)?(\\.age)?");
    private static final Pattern DATA = Pattern.compile("data/\\d{4,6}\\.copy(\\.zst|\\.gz)?(\\.age)?");

    DumpPart() {}

    /** Returns the name of the archive, for example {@code archive.dump.zst}. */
    public static String archiveName(Compression compression) {
        return "archive.dump" + compression.algorithm().extension();
    }

    /**
     * Returns the name of rows, for example {@code data/0001.copy.zst}.
     *
     * @param number from 1 to 999,999; unique within the dump
     */
    public static String dataName(int number, Compression compression) {
        return String.format(
                Locale.ROOT, "data/%04d.copy%s", number, compression.algorithm().extension());
    }

    /** Returns whether a part can have this name. It is a safe relative path. */
    public static boolean isName(String name) {
        return ARCHIVE.matcher(name).matches() || DATA.matcher(name).matches();
    }

    /**
     * The path of the file below the dump's folder, as {@link #archiveName} or {@link #dataName} returns it. {@code
     * .age} is behind it if the dump is encrypted.
     */
    public abstract String name();

    /** The table of the rows: schema and name, quoted as SQL needs it. Empty for the archive. */
    public abstract Optional<String> table();

    /**
     * The columns of the rows in their order, each quoted as SQL needs it. Empty for the archive, and for a table
     * without columns.
     */
    public abstract List<String> columns();

    /** The number of rows; 0 for the archive, whose rows aren't counted here. */
    @Value.Default
    public long rows() {
        return 0;
    }

    /** The number of bytes before the compression of the file. */
    public abstract long sourceBytes();

    /** The size of the stored file in bytes. */
    public abstract long storedBytes();

    /** The SHA-256 of the stored file. */
    public abstract Checksum checksum();

    /** The compression of the whole file. */
    public abstract Compression compression();

    /** Returns whether this is the archive. */
    public boolean isArchive() {
        return table().isEmpty();
    }

    /** Returns the same part under the name of an encrypted file. */
    DumpPart encrypted() {
        return builder().from(this).name(name() + DumpEncryption.EXTENSION).build();
    }

    /** Returns the size and the checksum of the stored file. */
    public StoredFile stored() {
        return new StoredFile(storedBytes(), checksum());
    }

    @Value.Check
    protected void check() {
        if (!(isArchive() ? ARCHIVE : DATA).matcher(name()).matches()) {
            throw new IllegalArgumentException(
                    "not the name of " + (isArchive() ? "an archive" : "rows of a table") + ": \"" + name() + "\"");
        }
        String ending =
                (isArchive() ? ".dump" : ".copy") + compression().algorithm().extension();
        if (!name().endsWith(ending) && !name().endsWith(ending + DumpEncryption.EXTENSION)) {
            throw new IllegalArgumentException(name() + " isn't a name for the compression "
                    + compression().text());
        }
        if (rows() < 0 || sourceBytes() < 0 || storedBytes() < 0) {
            throw new IllegalArgumentException("rows and bytes must not be negative: " + name());
        }
        if (isArchive() && (rows() > 0 || !columns().isEmpty())) {
            throw new IllegalArgumentException("an archive has neither rows nor columns: " + name());
        }
    }

    /** Starts a part without any value. */
    public static Builder builder() {
        return ImmutableDumpPart.builder();
    }

    /**
     * Builds a {@link DumpPart}. An archive has no {@code table}, {@code columns} and {@code rows}. All other values
     * are required. If a value is set twice, the last one counts. No argument or element may be null. Not thread-safe.
     */
    public abstract static class Builder {
        Builder() {}

        /** Copies every value of another part. Its columns are added to those that are set already. */
        public abstract Builder from(DumpPart instance);

        /** The path of the file below the dump's folder. Required. */
        public abstract Builder name(String name);

        /** The table of the rows, quoted as SQL needs it. */
        public abstract Builder table(String table);

        /** The table of the rows, quoted as SQL needs it. Default: empty, for the archive. */
        public abstract Builder table(Optional<String> table);

        /** Adds a column, quoted as SQL needs it. */
        public abstract Builder addColumns(String element);

        /** Adds columns, quoted as SQL needs it. */
        public abstract Builder addColumns(String... elements);

        /** Replaces the columns, quoted as SQL needs it. Default: none. */
        public abstract Builder columns(Iterable<String> elements);

        /** Adds columns, quoted as SQL needs it. */
        public abstract Builder addAllColumns(Iterable<String> elements);

        /** The number of rows. Default: 0. */
        public abstract Builder rows(long rows);

        /** The number of bytes before the compression of the file; not negative. Required. */
        public abstract Builder sourceBytes(long sourceBytes);

        /** The size of the stored file in bytes; not negative. Required. */
        public abstract Builder storedBytes(long storedBytes);

        /** The SHA-256 of the stored file. Required. */
        public abstract Builder checksum(Checksum checksum);

        /** The compression of the whole file. Required. */
        public abstract Builder compression(Compression compression);

        /** Sets the size and the checksum of the stored file. */
        public final Builder stored(StoredFile file) {
            return storedBytes(file.bytes()).checksum(file.checksum());
        }

        /**
         * Builds the part.
         *
         * @throws IllegalStateException if a required value is missing; the message names all that are missing
         * @throws IllegalArgumentException if the name doesn't fit, a number is negative, or an archive has rows
         */
        public abstract DumpPart build();
    }
}
