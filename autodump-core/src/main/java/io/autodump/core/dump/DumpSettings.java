package io.autodump.core.dump;

import io.autodump.core.encryption.DumpEncryption;
import io.autodump.core.encryption.Recipient;
import io.autodump.core.internal.ValueStyle;
import io.autodump.core.server.Globals;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * How a database is dumped, as its tags say. The defaults are those of {@code docs/tags.md}. Immutable and thread-safe.
 */
@Value.Immutable
@ValueStyle
public abstract class DumpSettings {
    /** The most sessions that may read one database. */
    public static final int MAX_JOBS = 32;

    /** The shortest time that {@link #maxBlocking()} can be: the server is looked at every second. */
    public static final Duration LEAST_MAX_BLOCKING = Duration.ofSeconds(1);

    DumpSettings() {}

    /** The format of the dump. Default: {@link DumpFormat#CUSTOM}. */
    @Value.Default
    public DumpFormat format() {
        return DumpFormat.CUSTOM;
    }

    /** The algorithm and its level. Default: {@link Compression#DEFAULT}, {@code zstd:3}. */
    @Value.Default
    public Compression compression() {
        return Compression.DEFAULT;
    }

    /**
     * The number of sessions that read the database at the same time, 1 to {@value #MAX_JOBS}. Empty by default: the
     * source chooses by the size of the database and the processors of this machine, and reads a database below 1 GiB
     * in one session. A source that can't read in parallel compresses with as many threads.
     */
    public abstract Optional<Integer> jobs();

    /**
     * Patterns of tables that are dumped without their rows, as for {@code pg_dump --exclude-table-data}.
     * Default: none.
     */
    public abstract List<String> excludeTableData();

    /** Patterns of the schemas to dump, as for {@code pg_dump --schema}. Default: none, all schemas are dumped. */
    public abstract List<String> schemas();

    /** How the dump is checked before it is published. Default: {@link VerifyMode#ARCHIVE}. */
    @Value.Default
    public VerifyMode verify() {
        return VerifyMode.ARCHIVE;
    }

    /**
     * The recipients for which the dump is encrypted, in the format of age. Each of them can decrypt it alone. Empty by
     * default: the dump isn't encrypted, unless {@code AutoDumpBuilder.encryptTo} names recipients for all dumps.
     */
    public abstract List<Recipient> encryptTo();

    /** Returns whether the dump is encrypted. */
    public boolean isEncrypted() {
        return !encryptTo().isEmpty();
    }

    /**
     * Returns the same settings with these recipients, unless they name their own.
     *
     * @param otherwise may be empty
     */
    public DumpSettings encryptedFor(List<Recipient> otherwise) {
        return isEncrypted() ? this : builder().from(this).encryptTo(otherwise).build();
    }

    /** Returns what the name of a stored file of this type ends in, for example {@code .dump.zst.age}. */
    public String extension(DumpFileType fileType) {
        return fileType.extension() + encryptedExtension();
    }

    /** Returns what the names of the stored files end in besides: {@code .age}, or nothing. */
    public String encryptedExtension() {
        return isEncrypted() ? DumpEncryption.EXTENSION : "";
    }

    /** What of the server the dump records besides the database. Default: {@link Globals#ROLES}. */
    @Value.Default
    public Globals globals() {
        return Globals.ROLES;
    }

    /** The longest time that the dump may take, more than zero. Empty by default: no limit. */
    public abstract Optional<Duration> timeout();

    /**
     * How long other sessions may wait for locks of the dump before it gives them up and fails; 30 seconds by default,
     * at least {@link #LEAST_MAX_BLOCKING}.
     */
    @Value.Default
    public Duration maxBlocking() {
        return Duration.ofSeconds(30);
    }

    @Value.Check
    protected void check() {
        jobs().filter(number -> number < 1 || number > MAX_JOBS).ifPresent(number -> {
            throw new IllegalArgumentException("jobs must be 1 to " + MAX_JOBS + ", not " + number);
        });
        if (timeout().filter(limit -> limit.isNegative() || limit.isZero()).isPresent()) {
            throw new IllegalArgumentException("timeout must be more than zero: " + timeout());
        }
        if (maxBlocking().compareTo(LEAST_MAX_BLOCKING) < 0) {
            throw new IllegalArgumentException("maxBlocking is at least a second: " + maxBlocking());
        }
    }

    /** Returns the settings with every default. */
    public static DumpSettings defaults() {
        return builder().build();
    }

    /** Starts with every default. */
    public static Builder builder() {
        return ImmutableDumpSettings.builder();
    }

    /**
     * Builds {@link DumpSettings}. Every value has a default. If a value is set twice, the last one counts. No
     * argument or element may be null. Not thread-safe.
     */
    public abstract static class Builder {
        Builder() {}

        /** Copies every value of other settings. Their patterns and recipients are added to those that are set. */
        public abstract Builder from(DumpSettings instance);

        /** The format that the client program writes. Default: {@link DumpFormat#CUSTOM}. */
        public abstract Builder format(DumpFormat format);

        /** The algorithm and its level. Default: {@link Compression#DEFAULT}, {@code zstd:3}. */
        public abstract Builder compression(Compression compression);

        /**
         * The number of sessions that read the database at the same time, 1 to {@value DumpSettings#MAX_JOBS}. Default:
         * by the size of the database and the processors of this machine.
         */
        public abstract Builder jobs(int jobs);

        /** The number of sessions that read the database at once; empty, the default, to choose by its size. */
        public abstract Builder jobs(Optional<Integer> jobs);

        /** Adds a pattern of tables that are dumped without their rows. */
        public abstract Builder addExcludeTableData(String element);

        /** Adds patterns of tables that are dumped without their rows. */
        public abstract Builder addExcludeTableData(String... elements);

        /**
         * Replaces the patterns of tables that are dumped without their rows, as for {@code pg_dump
         * --exclude-table-data}. Default: none, all rows are dumped.
         */
        public abstract Builder excludeTableData(Iterable<String> elements);

        /** Adds patterns of tables that are dumped without their rows. */
        public abstract Builder addAllExcludeTableData(Iterable<String> elements);

        /** Adds a pattern of schemas to dump. */
        public abstract Builder addSchemas(String element);

        /** Adds patterns of schemas to dump. */
        public abstract Builder addSchemas(String... elements);

        /**
         * Replaces the patterns of the schemas to dump, as for {@code pg_dump --schema}. Default: none, all schemas
         * are dumped.
         */
        public abstract Builder schemas(Iterable<String> elements);

        /** Adds patterns of schemas to dump. */
        public abstract Builder addAllSchemas(Iterable<String> elements);

        /** How the dump is checked before it is published. Default: {@link VerifyMode#ARCHIVE}. */
        public abstract Builder verify(VerifyMode verify);

        /** Adds a recipient for which the dump is encrypted. */
        public abstract Builder addEncryptTo(Recipient element);

        /** Adds recipients for which the dump is encrypted. */
        public abstract Builder addEncryptTo(Recipient... elements);

        /** Replaces the recipients for which the dump is encrypted. Default: none, it isn't encrypted. */
        public abstract Builder encryptTo(Iterable<? extends Recipient> elements);

        /** Adds recipients for which the dump is encrypted. */
        public abstract Builder addAllEncryptTo(Iterable<? extends Recipient> elements);

        /** What of the server the dump records besides the database. Default: {@link Globals#ROLES}. */
        public abstract Builder globals(Globals globals);

        /** The longest time that the dump may take; then it is ended and fails. More than zero. Default: no limit. */
        public abstract Builder timeout(Duration timeout);

        /** The longest time that the dump may take, more than zero; empty, the default, for no limit. */
        public abstract Builder timeout(Optional<? extends Duration> timeout);

        /**
         * The longest time that other sessions may wait for locks of the dump, at least {@link
         * DumpSettings#LEAST_MAX_BLOCKING}. Default: 30 seconds.
         */
        public abstract Builder maxBlocking(Duration maxBlocking);

        /**
         * Builds the settings.
         *
         * @throws IllegalArgumentException if {@code jobs}, {@code timeout} or {@code maxBlocking} is out of range
         */
        public abstract DumpSettings build();
    }
}
