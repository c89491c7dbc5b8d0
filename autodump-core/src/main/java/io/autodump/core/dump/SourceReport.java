package io.autodump.core.dump;

import io.autodump.core.database.TlsMode;
import io.autodump.core.internal.ValueStyle;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** What a source that ended well says of its dump; the manifest takes it over field by field. */
@Value.Immutable
@ValueStyle
public abstract class SourceReport {
    /** As the server reports it. */
    public abstract String serverVersion();

    /** Of the program that dumped. */
    public abstract String clientVersion();

    /** How the connection was secured. */
    public abstract TlsMode tls();

    /** Whether the server was a replica in recovery. */
    @Value.Default
    public boolean replica() {
        return false;
    }

    /** What the program wrote, in bytes, before an outer compression. */
    public abstract long sourceBytes();

    /** Entries in the archive's contents list; empty for a plain script. */
    public abstract Optional<Integer> archiveEntries();

    /** The roles that the dump's objects depend on, see {@link DumpManifest#roles()}. */
    public abstract List<String> roles();

    /** What belongs to the database itself, see {@link DumpManifest#databaseProperties()}. */
    public abstract Optional<DatabaseProperties> databaseProperties();

    /** Row counts in the dump's snapshot, where they were counted. */
    public abstract List<TableRows> tables();

    public static Builder builder() {
        return new Builder();
    }

    /** Not thread-safe. */
    public static final class Builder extends ImmutableSourceReport.Builder {
        Builder() {}
    }
}
