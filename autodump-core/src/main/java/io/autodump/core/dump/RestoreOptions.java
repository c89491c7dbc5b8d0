package io.autodump.core.dump;

import io.autodump.core.internal.ValueStyle;
import io.autodump.core.restore.RestoredPart;
import io.autodump.core.restore.RoleCreation;
import io.autodump.core.restore.SkippableKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.immutables.value.Value;

/**
 * How a dump is restored. For example, into a new database over four connections:
 *
 * <pre>{@code
 * RestoreOptions options = RestoreOptions.builder().create(true).jobs(4).build();
 * }</pre>
 *
 * Immutable and thread-safe.
 */
@Value.Immutable
@ValueStyle
public abstract class RestoreOptions {
    /** Restores into an existing, empty database over one connection. */
    public static final RestoreOptions DEFAULTS = builder().build();

    RestoreOptions() {}

    /** Whether a missing database is created. False by default: the database must exist. */
    @Value.Default
    public boolean create() {
        return false;
    }

    /**
     * The number of parallel connections, 1 to {@value DumpSettings#MAX_JOBS}; 1 by default. With more than one, a dump
     * of one file is first copied to a temporary file, because {@code pg_restore} must then seek in it.
     */
    @Value.Default
    public int jobs() {
        return 1;
    }

    /** The path of the folder for that file. Empty by default: the folder of {@code java.io.tmpdir}. */
    public abstract Optional<String> stagingFolder();

    /** Whether a database that already holds objects is accepted. False by default: it is refused. */
    @Value.Default
    public boolean intoNonEmpty() {
        return false;
    }

    /**
     * Whether owners and privileges are left out: all objects belong to the user that restores. For a server that lacks
     * the dump's {@linkplain DumpManifest#roles() roles}. Custom archives only. False by default.
     */
    @Value.Default
    public boolean noOwner() {
        return false;
    }

    /** The libc locale of a database that is created. Empty by default: the dumped database's own locale. */
    public abstract Optional<String> locale();

    /**
     * Whether an existing database whose encoding or locale provider differs from the dumped one's is accepted. Text
     * may then be rejected, or sort in another order. False by default: it is refused.
     */
    @Value.Default
    public boolean intoDifferentLocale() {
        return false;
    }

    /** Whether an existing database is dropped, with all that it holds, and created anew. False by default. */
    @Value.Default
    public boolean clean() {
        return false;
    }

    /**
     * Whether the planner's statistics of every table are gathered before the restore ends. Without them the first
     * queries may be slow. False by default: most are gathered by the server itself, within some minutes.
     */
    @Value.Default
    public boolean analyze() {
        return false;
    }

    /**
     * Whether the rows of every table are counted afterwards, even if the manifest has no row counts to compare them
     * with. It takes as long as reading the tables does. False by default.
     */
    @Value.Default
    public boolean countRows() {
        return false;
    }

    /** Whether missing roles are created first. {@link RoleCreation#NONE} by default. */
    @Value.Default
    public RoleCreation createRoles() {
        return RoleCreation.NONE;
    }

    /** The role that the restore assumes, which then owns what is restored without owners. Empty by default. */
    public abstract Optional<String> role();

    /** Whether definitions, rows or both are restored. {@link RestoredPart#ALL} by default. */
    @Value.Default
    public RestoredPart part() {
        return RestoredPart.ALL;
    }

    /**
     * Patterns of the tables, views and sequences to restore, as in {@code autodump:exclude-table-data}: with all that
     * belongs to them and all that their definitions need. Empty by default: everything is restored.
     */
    public abstract List<String> tables();

    /** Patterns of the schemas to restore, with what their definitions need. Empty by default. */
    public abstract List<String> schemas();

    /** Patterns of tables to leave out, with all that depends on them. Empty by default. */
    public abstract List<String> excludeTables();

    /** Kinds of objects to leave out. Empty by default. */
    public abstract Set<SkippableKind> skip();

    /** Whether a part of the dump is chosen. It takes a contents list, which plain scripts don't have. */
    public boolean choosesContents() {
        return part() != RestoredPart.ALL
                || !tables().isEmpty()
                || !schemas().isEmpty()
                || !excludeTables().isEmpty()
                || !skip().isEmpty();
    }

    @Value.Check
    protected void check() {
        if (jobs() < 1 || jobs() > DumpSettings.MAX_JOBS) {
            throw new IllegalArgumentException("jobs must be 1 to " + DumpSettings.MAX_JOBS + ", not " + jobs());
        }
        if (clean() && (intoNonEmpty() || part() == RestoredPart.DATA)) {
            throw new IllegalArgumentException("clean leaves nothing to add to");
        }
    }

    /** Starts with every default. */
    public static Builder builder() {
        return ImmutableRestoreOptions.builder();
    }

    /**
     * Builds {@link RestoreOptions}. Every value has a default. If a value is set twice, the last one counts. No
     * argument may be null. Not thread-safe.
     */
    public abstract static class Builder {
        Builder() {}

        /** Copies every value of other options. */
        public abstract Builder from(RestoreOptions instance);

        /** The libc locale of a database that is created. Default: empty, the dumped database's own locale. */
        public abstract Builder locale(Optional<String> locale);

        /** The libc locale of a database that is created. */
        public abstract Builder locale(String locale);

        /**
         * Accepts an existing database whose encoding or locale provider differs from the dumped one's. Default: false,
         * it is refused.
         */
        public abstract Builder intoDifferentLocale(boolean intoDifferentLocale);

        /** Gathers the planner's statistics before the restore ends. Default: false, the server gathers them itself. */
        public abstract Builder analyze(boolean analyze);

        /** Counts the rows of every table afterwards, even if there is nothing to compare them with. Default: false. */
        public abstract Builder countRows(boolean countRows);

        /** Creates the database if it is missing. Default: false, a missing database is an error. */
        public abstract Builder create(boolean create);

        /**
         * The number of parallel connections, 1 to {@value DumpSettings#MAX_JOBS}. Default: 1. With more than one,
         * the archive is first copied to a temporary file.
         */
        public abstract Builder jobs(int jobs);

        /** The path of the folder for that temporary file. Default: the folder for temporary files. */
        public abstract Builder stagingFolder(String stagingFolder);

        /** The folder for that temporary file; empty, the default, for the folder for temporary files. */
        public abstract Builder stagingFolder(Optional<String> stagingFolder);

        /** Accepts a database that already holds objects. Default: false, it is refused. */
        public abstract Builder intoNonEmpty(boolean intoNonEmpty);

        /** Leaves out owners and privileges. Custom archives only. Default: false. */
        public abstract Builder noOwner(boolean noOwner);

        /** Drops an existing database, with all that it holds, and creates it anew. Default: false. */
        public abstract Builder clean(boolean clean);

        /** Creates missing roles first. Default: {@link RoleCreation#NONE}. */
        public abstract Builder createRoles(RoleCreation createRoles);

        /** The role that the restore assumes. Default: empty, the user that connects. */
        public abstract Builder role(Optional<String> role);

        /** The role that the restore assumes, unquoted. */
        public abstract Builder role(String role);

        /** Whether definitions, rows or both are restored. Default: {@link RestoredPart#ALL}. */
        public abstract Builder part(RestoredPart part);

        /** Adds a pattern of tables to restore. */
        public abstract Builder addTables(String element);

        /** Adds patterns of tables to restore. */
        public abstract Builder addTables(String... elements);

        /** Replaces the patterns of tables to restore. Default: none, everything is restored. */
        public abstract Builder tables(Iterable<String> elements);

        /** Adds patterns of tables to restore. */
        public abstract Builder addAllTables(Iterable<String> elements);

        /** Adds a pattern of schemas to restore. */
        public abstract Builder addSchemas(String element);

        /** Adds patterns of schemas to restore. */
        public abstract Builder addSchemas(String... elements);

        /** Replaces the patterns of schemas to restore. Default: none, everything is restored. */
        public abstract Builder schemas(Iterable<String> elements);

        /** Adds patterns of schemas to restore. */
        public abstract Builder addAllSchemas(Iterable<String> elements);

        /** Adds a pattern of tables to leave out. */
        public abstract Builder addExcludeTables(String element);

        /** Adds patterns of tables to leave out. */
        public abstract Builder addExcludeTables(String... elements);

        /** Replaces the patterns of tables to leave out. Default: none. */
        public abstract Builder excludeTables(Iterable<String> elements);

        /** Adds patterns of tables to leave out. */
        public abstract Builder addAllExcludeTables(Iterable<String> elements);

        /** Adds a kind to leave out. */
        public abstract Builder addSkip(SkippableKind element);

        /** Adds kinds to leave out. */
        public abstract Builder addSkip(SkippableKind... elements);

        /** Replaces the kinds to leave out. Default: none. */
        public abstract Builder skip(Iterable<SkippableKind> elements);

        /** Adds kinds to leave out. */
        public abstract Builder addAllSkip(Iterable<SkippableKind> elements);

        /**
         * Builds the options.
         *
         * @throws IllegalArgumentException if {@code jobs} is out of range, or {@code clean} is combined with {@code
         *     intoNonEmpty} or {@link RestoredPart#DATA}
         */
        public abstract RestoreOptions build();
    }
}
