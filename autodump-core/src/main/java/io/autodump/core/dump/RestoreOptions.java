package io.autodump.core.dump;

import io.autodump.core.internal.ValueStyle;
import java.util.Optional;
import org.immutables.value.Value;

/** How to restore. Immutable. */
@Value.Immutable
@ValueStyle
public abstract class RestoreOptions {
    /** Into a database that exists and is empty, over one connection. */
    public static final RestoreOptions DEFAULTS = builder().build();

    @Value.Default
    public boolean create() {
        return false;
    }

    @Value.Default
    public int jobs() {
        return 1;
    }

    @Value.Default
    public boolean intoNonEmpty() {
        return false;
    }

    @Value.Default
    public boolean noOwner() {
        return false;
    }

    public abstract Optional<String> locale();

    @Value.Default
    public boolean intoDifferentLocale() {
        return false;
    }

    @Value.Check
    protected void check() {
        if (jobs() < 1 || jobs() > DumpSettings.MAX_JOBS) {
            throw new IllegalArgumentException("jobs is 1 to " + DumpSettings.MAX_JOBS + ", not " + jobs());
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects the options. Not thread-safe. */
    public static final class Builder {
        private final ImmutableRestoreOptions.Builder values = new ImmutableRestoreOptions.Builder();

        Builder() {}

        /** Whether to create the database if it doesn't exist. Default: false. */
        public Builder create(boolean create) {
            values.create(create);
            return this;
        }

        /**
         * Parallel connections, 1 to {@value DumpSettings#MAX_JOBS}. More than one stages the archive in a temporary
         * file, because {@code pg_restore} then has to seek in it. Default: 1.
         */
        public Builder jobs(int jobs) {
            values.jobs(jobs);
            return this;
        }

        /** Whether to restore also into a database that already holds objects. Default: false. */
        public Builder intoNonEmpty(boolean intoNonEmpty) {
            values.intoNonEmpty(intoNonEmpty);
            return this;
        }

        /**
         * Whether everything belongs to the user that restores, and no privileges are granted; for a server without the
         * dump's {@linkplain DumpManifest#roles() roles}. Custom archives only. Default: false.
         */
        public Builder noOwner(boolean noOwner) {
            values.noOwner(noOwner);
            return this;
        }

        /** The libc locale of a database that is created. Default: empty, the dump's own locale. */
        public Builder locale(Optional<String> locale) {
            values.locale(locale);
            return this;
        }

        /**
         * Whether to restore also into an existing database whose encoding or locale provider differs from the dumped
         * one's. Text may then be rejected, or sort in another order. Default: false.
         */
        public Builder intoDifferentLocale(boolean intoDifferentLocale) {
            values.intoDifferentLocale(intoDifferentLocale);
            return this;
        }

        /** Throws {@link IllegalArgumentException} if {@code jobs} is outside of its limits. */
        public RestoreOptions build() {
            return values.build();
        }
    }
}
