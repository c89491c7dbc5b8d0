package io.autodump.core.dump;

import io.autodump.core.internal.ValueStyle;
import java.util.Optional;
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
     * The number of parallel connections, 1 to {@value DumpSettings#MAX_JOBS}; 1 by default. With more than one, the
     * archive is first copied to a temporary file, because {@code pg_restore} must then seek in it.
     */
    @Value.Default
    public int jobs() {
        return 1;
    }

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

    @Value.Check
    protected void check() {
        if (jobs() < 1 || jobs() > DumpSettings.MAX_JOBS) {
            throw new IllegalArgumentException("jobs must be 1 to " + DumpSettings.MAX_JOBS + ", not " + jobs());
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

        /** Creates the database if it is missing. Default: false, a missing database is an error. */
        public abstract Builder create(boolean create);

        /**
         * The number of parallel connections, 1 to {@value DumpSettings#MAX_JOBS}. Default: 1. With more than one,
         * the archive is first copied to a temporary file.
         */
        public abstract Builder jobs(int jobs);

        /** Accepts a database that already holds objects. Default: false, it is refused. */
        public abstract Builder intoNonEmpty(boolean intoNonEmpty);

        /** Leaves out owners and privileges. Custom archives only. Default: false. */
        public abstract Builder noOwner(boolean noOwner);

        /**
         * Builds the options.
         *
         * @throws IllegalArgumentException if {@code jobs} is out of range
         */
        public abstract RestoreOptions build();
    }
}
