package io.autodump.core.dump;

import io.autodump.core.database.TlsMode;
import io.autodump.core.internal.ValueStyle;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * What is known of a finished dump. It is written last, and a dump without one doesn't exist. Enough for somebody with
 * nothing but {@code pg_restore} to use the dump in ten years; it never holds a password, and no host that a reader of
 * dumps has no need to know. {@code docs/manifest.schema.json} describes the JSON.
 */
@Value.Immutable
@ValueStyle
public abstract class DumpManifest {
    /** The version of the document that this release writes. */
    public static final int SCHEMA_VERSION = 1;

    public abstract DumpKey key();

    public abstract String secretName();

    public abstract String database();

    public abstract String engine();

    /** The instant for which the run was scheduled; it is part of the key. */
    public abstract Instant scheduledAt();

    public abstract Instant startedAt();

    public abstract Instant finishedAt();

    /** As the server reports it, for example {@code 15.18 (Debian 15.18-0+deb12u1)}. */
    public abstract String serverVersion();

    /** Of the {@code pg_dump} that was used. */
    public abstract String clientVersion();

    /** How the connection was secured. A mode weaker than {@code verify-full} is thereby on record. */
    public abstract TlsMode tls();

    /** Whether the server was a replica in recovery. */
    public abstract boolean replica();

    public abstract DumpFileType fileType();

    /** What was asked for; {@code compression} is in effect inside the archive or outside, see {@link #fileType()}. */
    public abstract DumpSettings settings();

    /**
     * What {@code pg_dump} wrote, in bytes. Equal to {@link #storedBytes()} where {@code pg_dump} compressed by itself
     * or nothing was compressed.
     */
    public abstract long sourceBytes();

    /** The size of the stored file in bytes. */
    public abstract long storedBytes();

    /** Of the stored file. */
    public abstract Checksum checksum();

    /** Entries in the archive's contents list; empty for a plain script, which has none. */
    public abstract Optional<Integer> archiveEntries();

    /**
     * The roles that the dump's objects depend on (owners, grantees, subjects of policies), unquoted and sorted. Roles
     * live outside of a database and aren't part of its dump: a server to restore into needs them, or
     * {@link RestoreOptions#noOwner()}.
     */
    public abstract List<String> roles();

    /** What belongs to the database itself; empty in manifests of releases that didn't record it. */
    public abstract Optional<DatabaseProperties> databaseProperties();

    /** Row counts in the dump's snapshot; empty where they weren't counted. */
    public abstract List<TableRows> tables();

    /** The version of AutoDump that made the dump. */
    public abstract String toolVersion();

    @Value.Check
    protected void check() {
        if (storedBytes() <= 0 || sourceBytes() <= 0) {
            throw new IllegalArgumentException("a dump isn't empty: " + key());
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Not thread-safe. */
    public static final class Builder extends ImmutableDumpManifest.Builder {
        Builder() {}
    }
}
