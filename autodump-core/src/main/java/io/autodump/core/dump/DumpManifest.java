package io.autodump.core.dump;

import io.autodump.core.database.TlsMode;
import io.autodump.core.internal.ValueStyle;
import io.autodump.core.server.DatabaseProperties;
import io.autodump.core.server.ServerDatabases;
import io.autodump.core.server.ServerNeeds;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * Everything that is known about a finished dump. It is written last; a dump without a manifest doesn't exist. It
 * contains what one needs to restore the dump with stock tools, years later. It never contains a password or the
 * database's host. {@code docs/manifest.schema.json} describes the JSON. Immutable and thread-safe.
 */
@Value.Immutable
@ValueStyle
public abstract class DumpManifest {
    /** The highest schema version. It is written for a dump that has parts, and 1 for any other. Both are read. */
    public static final int SCHEMA_VERSION = 2;

    DumpManifest() {}

    /** The key of the dump, which is the key of its file if it has no parts. */
    public abstract DumpKey key();

    /** The name of the secret whose database was dumped. */
    public abstract String secretName();

    /** The name of the database. */
    public abstract String database();

    /** The database engine, as in the secret. */
    public abstract String engine();

    /** The instant for which the run was scheduled. Part of the key. */
    public abstract Instant scheduledAt();

    /** When the dump started. */
    public abstract Instant startedAt();

    /** When the dump's file was complete. */
    public abstract Instant finishedAt();

    /** The server's version as the server reports it, for example {@code 15.18 (Debian 15.18-0+deb12u1)}. */
    public abstract String serverVersion();

    /** The version of the {@code pg_dump} that dumped. */
    public abstract String clientVersion();

    /** How the connection was secured. This records any mode weaker than {@code verify-full}. */
    public abstract TlsMode tls();

    /** Whether the server was a replica in recovery. */
    public abstract boolean replica();

    /** The format and the outer compression of the file. */
    public abstract DumpFileType fileType();

    /**
     * The settings of the run. {@link #fileType()} says whether {@code compression} applies to the whole file or
     * inside the archive.
     */
    public abstract DumpSettings settings();

    /** The number of bytes that {@code pg_dump} wrote, before a compression of the whole file. More than zero. */
    public abstract long sourceBytes();

    /** The size of the stored file in bytes, more than zero. The sum of the {@link #parts}, if there are any. */
    public abstract long storedBytes();

    /** The SHA-256 of the stored file; {@link DumpParts#checksum()} if there are parts. */
    public abstract Checksum checksum();

    /** The number of entries in the archive's contents list. Empty for a plain script, which has none. */
    public abstract Optional<Integer> archiveEntries();

    /** The roles that the dump's objects depend on, unquoted and sorted. A restore needs them on its server. */
    public abstract List<String> roles();

    /** The properties of the database itself. Empty in manifests of releases that didn't record them. */
    public abstract Optional<DatabaseProperties> databaseProperties();

    /**
     * What the database needs from its server: definitions of roles, and extensions. Empty in manifests of releases
     * that didn't record it.
     */
    public abstract Optional<ServerNeeds> serverNeeds();

    /** The files of a dump that has several. {@link DumpParts#NONE} if it is one file. */
    @Value.Default
    public DumpParts parts() {
        return DumpParts.NONE;
    }

    /** All databases that the run dumps, if it dumps several of the server. Empty for a run of one database. */
    public abstract Optional<ServerDatabases> serverDatabases();

    /** The row counts in the dump's snapshot. Empty if rows weren't counted. */
    public abstract List<TableRows> tables();

    /** What belongs to the database and isn't in the dump, though no tag left it out. Empty if not looked for. */
    public abstract List<NotIncluded> notIncluded();

    /** What else needs attention, one sentence each; for example a pattern in a tag that matches no table. */
    public abstract List<String> warnings();

    /**
     * What this dump has lost, compared with its predecessors, a sentence each: {@code 1.2 GiB, the last 10 had 4.1 GiB
     * to 4.3 GiB}. Empty if nothing is suspicious, or the release didn't compare.
     */
    public abstract List<String> suspicions();

    /** The version of AutoDump that made the dump. */
    public abstract String toolVersion();

    /** Whether the dump, though whole, should be looked at: it isn't complete, is suspicious or has another warning. */
    public boolean hasWarnings() {
        return !notIncluded().isEmpty()
                || !warnings().isEmpty()
                || !suspicions().isEmpty();
    }

    @Value.Check
    protected void check() {
        if (storedBytes() <= 0 || sourceBytes() <= 0) {
            throw new IllegalArgumentException("sourceBytes and storedBytes must be more than zero: " + key());
        }
        parts().requireDescribed(this);
    }

    /** Starts a manifest without any value. */
    public static Builder builder() {
        return ImmutableDumpManifest.builder();
    }

    /**
     * Builds a {@link DumpManifest}. Every value is required, except {@code archiveEntries}, {@code roles}, {@code
     * databaseProperties}, {@code serverNeeds}, {@code serverDatabases}, {@code tables}, {@code notIncluded}, {@code
     * warnings} and {@code suspicions}. If a value is set twice, the last one counts. No argument or element may be
     * null. Not thread-safe.
     */
    public abstract static class Builder {
        Builder() {}

        /** Copies every value of another manifest. Its roles and tables are added to those that are set already. */
        public abstract Builder from(DumpManifest instance);

        /** The key of the dump's file. Required. */
        public abstract Builder key(DumpKey key);

        /** The name of the secret whose database was dumped. Required. */
        public abstract Builder secretName(String secretName);

        /** The name of the database. Required. */
        public abstract Builder database(String database);

        /** The database engine, as in the secret: {@code postgres} or {@code aurora-postgresql}. Required. */
        public abstract Builder engine(String engine);

        /** The instant for which the run was scheduled. Required. */
        public abstract Builder scheduledAt(Instant scheduledAt);

        /** When the dump started. Required. */
        public abstract Builder startedAt(Instant startedAt);

        /** When the dump's file was complete. Required. */
        public abstract Builder finishedAt(Instant finishedAt);

        /** The server's version as the server reports it. Required. */
        public abstract Builder serverVersion(String serverVersion);

        /** The version of the program that dumped. Required. */
        public abstract Builder clientVersion(String clientVersion);

        /** How the connection was secured. Required. */
        public abstract Builder tls(TlsMode tls);

        /** Whether the server was a replica in recovery. Required. */
        public abstract Builder replica(boolean replica);

        /** Format and outer compression of the file. Required. */
        public abstract Builder fileType(DumpFileType fileType);

        /** The settings that the run had. Required. */
        public abstract Builder settings(DumpSettings settings);

        /** The number of bytes that the program wrote, more than zero. Required. */
        public abstract Builder sourceBytes(long sourceBytes);

        /** The size of the stored file in bytes, more than zero. Required. */
        public abstract Builder storedBytes(long storedBytes);

        /** The SHA-256 of the stored file. Required. */
        public abstract Builder checksum(Checksum checksum);

        /** The number of entries in the archive's contents list. Default: none, as for a plain script. */
        public abstract Builder archiveEntries(int archiveEntries);

        /** The number of entries in the archive's contents list; empty, the default, for a plain script. */
        public abstract Builder archiveEntries(Optional<Integer> archiveEntries);

        /** Adds a role that the dump's objects depend on, unquoted. */
        public abstract Builder addRoles(String element);

        /** Adds roles that the dump's objects depend on, unquoted. */
        public abstract Builder addRoles(String... elements);

        /** What belongs to the database itself. Default: empty, it isn't known. */
        public abstract Builder databaseProperties(Optional<? extends DatabaseProperties> databaseProperties);

        /** What belongs to the database itself. */
        public abstract Builder databaseProperties(DatabaseProperties databaseProperties);

        /** What the database needs from its server. Default: empty, it isn't known. */
        public abstract Builder serverNeeds(Optional<? extends ServerNeeds> serverNeeds);

        /** What the database needs from its server. */
        public abstract Builder serverNeeds(ServerNeeds serverNeeds);

        /** All databases that the run dumps; empty, the default, for a run of one database. */
        public abstract Builder serverDatabases(Optional<? extends ServerDatabases> serverDatabases);

        /** All databases that the run dumps. */
        public abstract Builder serverDatabases(ServerDatabases serverDatabases);

        /** Replaces the roles that the dump's objects depend on, unquoted and sorted. Default: none. */
        public abstract Builder roles(Iterable<String> elements);

        /** Adds roles that the dump's objects depend on, unquoted. */
        public abstract Builder addAllRoles(Iterable<String> elements);

        /** The files of a dump that has several. Default: {@link DumpParts#NONE}. See {@link DumpParts#describe}. */
        public abstract Builder parts(DumpParts parts);

        /** Adds the row count of one table. */
        public abstract Builder addTables(TableRows element);

        /** Adds row counts of tables. */
        public abstract Builder addTables(TableRows... elements);

        /** Replaces the row counts of the dump's snapshot. Default: none, rows weren't counted. */
        public abstract Builder tables(Iterable<? extends TableRows> elements);

        /** Adds row counts of tables. */
        public abstract Builder addAllTables(Iterable<? extends TableRows> elements);

        /** Adds something that belongs to the database and isn't in the dump. */
        public abstract Builder addNotIncluded(NotIncluded element);

        /** Adds things that belong to the database and aren't in the dump. */
        public abstract Builder addNotIncluded(NotIncluded... elements);

        /** Replaces what belongs to the database and isn't in the dump. Default: nothing. */
        public abstract Builder notIncluded(Iterable<? extends NotIncluded> elements);

        /** Adds things that belong to the database and aren't in the dump. */
        public abstract Builder addAllNotIncluded(Iterable<? extends NotIncluded> elements);

        /** Adds a sentence about what needs attention. */
        public abstract Builder addWarnings(String element);

        /** Adds sentences about what needs attention. */
        public abstract Builder addWarnings(String... elements);

        /** Replaces the sentences about what needs attention. Default: none. */
        public abstract Builder warnings(Iterable<String> elements);

        /** Adds sentences about what needs attention. */
        public abstract Builder addAllWarnings(Iterable<String> elements);

        /** Adds something that the dump has lost, compared with its predecessors. */
        public abstract Builder addSuspicions(String element);

        /** Adds what the dump has lost, compared with its predecessors. */
        public abstract Builder addSuspicions(String... elements);

        /** Replaces what the dump has lost, compared with its predecessors. Default: nothing. */
        public abstract Builder suspicions(Iterable<String> elements);

        /** Adds what the dump has lost, compared with its predecessors. */
        public abstract Builder addAllSuspicions(Iterable<String> elements);

        /** The version of AutoDump that made the dump. Required. */
        public abstract Builder toolVersion(String toolVersion);

        /**
         * Builds the manifest.
         *
         * @throws IllegalStateException if a required value is missing; the message names all that are missing
         * @throws IllegalArgumentException if {@code sourceBytes} or {@code storedBytes} isn't more than zero, or
         *     bytes and checksum aren't those of the parts
         */
        public abstract DumpManifest build();
    }
}
