package io.autodump.core.dump;

import io.autodump.core.database.TlsMode;
import io.autodump.core.internal.ValueStyle;
import io.autodump.core.server.DatabaseProperties;
import io.autodump.core.server.ServerNeeds;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * What a source reports about a dump that succeeded. The manifest takes over every field. Immutable and thread-safe.
 */
@Value.Immutable
@ValueStyle
public abstract class SourceReport {
    SourceReport() {}

    /** The server's version as the server reports it. */
    public abstract String serverVersion();

    /** The version of the program that dumped. */
    public abstract String clientVersion();

    /** How the connection was secured. */
    public abstract TlsMode tls();

    /** Whether the server was a replica in recovery. Default: false. */
    @Value.Default
    public boolean replica() {
        return false;
    }

    /** The number of bytes that the program wrote, before an outer compression. For parts, of all of them. */
    public abstract long sourceBytes();

    /** The number of entries in the archive's contents list. Empty for a plain script. */
    public abstract Optional<Integer> archiveEntries();

    /** The roles that the dump's objects depend on; see {@link DumpManifest#roles()}. */
    public abstract List<String> roles();

    /** The properties of the database itself; see {@link DumpManifest#databaseProperties()}. */
    public abstract Optional<DatabaseProperties> databaseProperties();

    /** What the database needs from its server; see {@link DumpManifest#serverNeeds()}. */
    public abstract Optional<ServerNeeds> serverNeeds();

    /** The row counts in the dump's snapshot. Empty if rows weren't counted. */
    public abstract List<TableRows> tables();

    /** The parts that were written, and how to restore them; {@link DumpParts#NONE} if the dump is one file. */
    @Value.Default
    public DumpParts parts() {
        return DumpParts.NONE;
    }

    /** What the dump doesn't hold, though nothing asked to leave it out; see {@link DumpManifest#notIncluded()}. */
    public abstract List<NotIncluded> notIncluded();

    /** What needs attention; see {@link DumpManifest#warnings()}. */
    public abstract List<String> warnings();

    /** Starts a report of a primary server, without roles and row counts. */
    public static Builder builder() {
        return ImmutableSourceReport.builder();
    }

    /**
     * Builds a {@link SourceReport}. {@code serverVersion}, {@code clientVersion}, {@code tls} and {@code
     * sourceBytes} are required. If a value is set twice, the last one counts. No argument or element may be null.
     * Not thread-safe.
     */
    public abstract static class Builder {
        Builder() {}

        /** Copies every value of another report. Its roles and tables are added to those that are set already. */
        public abstract Builder from(SourceReport instance);

        /**
         * The server's version as the server reports it, for example {@code 15.18 (Debian 15.18-0+deb12u1)}.
         * Required.
         */
        public abstract Builder serverVersion(String serverVersion);

        /** The version of the program that dumped. Required. */
        public abstract Builder clientVersion(String clientVersion);

        /** How the connection was secured. Required. */
        public abstract Builder tls(TlsMode tls);

        /** Whether the server was a replica in recovery. Default: false. */
        public abstract Builder replica(boolean replica);

        /** The number of bytes that the program wrote, before an outer compression. Required. */
        public abstract Builder sourceBytes(long sourceBytes);

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

        /** Replaces the roles that the dump's objects depend on, unquoted and sorted. Default: none. */
        public abstract Builder roles(Iterable<String> elements);

        /** Adds roles that the dump's objects depend on, unquoted. */
        public abstract Builder addAllRoles(Iterable<String> elements);

        /** Adds the row count of one table. */
        public abstract Builder addTables(TableRows element);

        /** Adds row counts of tables. */
        public abstract Builder addTables(TableRows... elements);

        /** Replaces the row counts of the dump's snapshot. Default: none, rows weren't counted. */
        public abstract Builder tables(Iterable<? extends TableRows> elements);

        /** Adds row counts of tables. */
        public abstract Builder addAllTables(Iterable<? extends TableRows> elements);

        /** The parts that were written. Default: {@link DumpParts#NONE}. */
        public abstract Builder parts(DumpParts parts);

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

        /**
         * Builds the report.
         *
         * @throws IllegalStateException if a required value is missing; the message names all that are missing
         */
        public abstract SourceReport build();
    }
}
