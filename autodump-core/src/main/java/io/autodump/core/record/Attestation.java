package io.autodump.core.record;

import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.TableRows;
import io.autodump.core.dump.VerifyMode;
import io.autodump.core.internal.ValueStyle;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.immutables.value.Value;

/**
 * A restore drill has proven a dump: the stored file has the manifest's SHA-256, it was restored, and everything that
 * was compared is the same. Says what was compared, and against what. Never holds a secret's value. Immutable,
 * and so thread-safe.
 */
@Value.Immutable
@ValueStyle
public abstract non-sealed class Attestation implements DumpRecord {
    Attestation() {}

    /** The dump. */
    public abstract DumpKey dump();

    @Override
    public RecordKey key() {
        return RecordKey.ofDump(dump(), RecordKey.Kind.PROVEN);
    }

    /** The name of the secret whose database was dumped. */
    public abstract String secretName();

    /** The name of the dumped database. */
    public abstract String database();

    /** When the drill started. */
    public abstract Instant startedAt();

    /** When everything was compared. */
    public abstract Instant finishedAt();

    /** The server of the drill in words, without its host: a scratch server, or one that the drill started. */
    public abstract String server();

    /** The version of the server that the dump was restored into. */
    public abstract String serverVersion();

    /** The version of the program that restored. */
    public abstract String clientVersion();

    /** The size of the stored file in bytes. */
    public abstract long storedBytes();

    /** The SHA-256 of the stored file. */
    public abstract Checksum checksum();

    /** The number of objects of the dump that were found in the restored database. Empty for a plain script. */
    public abstract Optional<Integer> objects();

    /** The rows of each restored table, as they were counted. */
    public abstract List<TableRows> tables();

    /** The number of tables whose rows were compared with the manifest; 0 if the manifest has no rows. Default: 0. */
    @Value.Default
    public int tablesCompared() {
        return 0;
    }

    /** The number of assertions of the operator, all of which are true. Default: 0. */
    @Value.Default
    public int assertions() {
        return 0;
    }

    /** What couldn't be restored and isn't part of the comparison, a sentence each. */
    public abstract List<String> warnings();

    /** Where the drill was made. Default: {@link RunPlace#UNKNOWN}. */
    @Value.Default
    public RunPlace place() {
        return RunPlace.UNKNOWN;
    }

    /** The version of AutoDump that wrote the record. */
    public abstract String toolVersion();

    /**
     * Returns whether a restore has proven a dump: before it was published ({@code autodump:verify=restore}) or by a
     * drill, and the last drill didn't fail.
     *
     * @param records whether there is a record of a kind about the dump
     */
    public static boolean proves(DumpManifest dump, Predicate<RecordKey.Kind> records) {
        return !records.test(RecordKey.Kind.UNPROVEN)
                && (dump.settings().verify() == VerifyMode.RESTORE || records.test(RecordKey.Kind.PROVEN));
    }

    /** Starts an attestation without any value. */
    public static Builder builder() {
        return ImmutableAttestation.builder();
    }

    /**
     * Builds an {@link Attestation}. Every value is required, except {@code objects}, {@code tables}, {@code
     * tablesCompared}, {@code assertions}, {@code warnings} and {@code place}. If a value is set twice, the last one
     * counts. No argument or element may be null. Not thread-safe.
     */
    public abstract static class Builder {
        Builder() {}

        /** Copies every value of another attestation. Its tables and warnings are added to those set already. */
        public abstract Builder from(Attestation instance);

        /** The dump. Required. */
        public abstract Builder dump(DumpKey dump);

        /** The name of the secret. Required. */
        public abstract Builder secretName(String secretName);

        /** The name of the dumped database. Required. */
        public abstract Builder database(String database);

        /** When the drill started. Required. */
        public abstract Builder startedAt(Instant startedAt);

        /** When everything was compared. Required. */
        public abstract Builder finishedAt(Instant finishedAt);

        /** The server of the drill in words, without its host. Required. */
        public abstract Builder server(String server);

        /** The version of the server. Required. */
        public abstract Builder serverVersion(String serverVersion);

        /** The version of the program that restored. Required. */
        public abstract Builder clientVersion(String clientVersion);

        /** The size of the stored file in bytes. Required. */
        public abstract Builder storedBytes(long storedBytes);

        /** The SHA-256 of the stored file. Required. */
        public abstract Builder checksum(Checksum checksum);

        /** The number of objects that were found. Default: none, as for a plain script. */
        public abstract Builder objects(int objects);

        /** The number of objects that were found; empty, the default, for a plain script. */
        public abstract Builder objects(Optional<Integer> objects);

        /** Adds the rows of one table. */
        public abstract Builder addTables(TableRows element);

        /** Adds the rows of tables. */
        public abstract Builder addTables(TableRows... elements);

        /** Replaces the rows of the restored tables. Default: none. */
        public abstract Builder tables(Iterable<? extends TableRows> elements);

        /** Adds the rows of tables. */
        public abstract Builder addAllTables(Iterable<? extends TableRows> elements);

        /** The number of tables whose rows were compared. Default: 0. */
        public abstract Builder tablesCompared(int tablesCompared);

        /** The number of assertions. Default: 0. */
        public abstract Builder assertions(int assertions);

        /** Adds a sentence about something that couldn't be restored. */
        public abstract Builder addWarnings(String element);

        /** Adds sentences about what couldn't be restored. */
        public abstract Builder addWarnings(String... elements);

        /** Replaces the sentences about what couldn't be restored. Default: none. */
        public abstract Builder warnings(Iterable<String> elements);

        /** Adds sentences about what couldn't be restored. */
        public abstract Builder addAllWarnings(Iterable<String> elements);

        /** Where the drill was made. Default: {@link RunPlace#UNKNOWN}. */
        public abstract Builder place(RunPlace place);

        /** The version of AutoDump that writes the record. Required. */
        public abstract Builder toolVersion(String toolVersion);

        /**
         * Builds the attestation.
         *
         * @throws IllegalStateException if a required value is missing; the message names all that are missing
         */
        public abstract Attestation build();
    }
}
