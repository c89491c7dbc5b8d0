package io.autodump.core.server;

import io.autodump.core.internal.ValueStyle;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * The properties of a database itself, as opposed to the objects in it. A {@code pg_dump} of one database leaves them
 * out; a restore that creates the database sets them. Immutable and thread-safe.
 */
@Value.Immutable
@ValueStyle
public abstract class DatabaseProperties {
    /** The connection limit that means no limit. */
    public static final int UNLIMITED = -1;

    DatabaseProperties() {}

    /** PostgreSQL's name of the encoding, for example {@code UTF8} or {@code SQL_ASCII}. */
    public abstract String encoding();

    /** The library that orders and compares text. */
    public abstract LocaleProvider localeProvider();

    /** {@code LC_COLLATE}, for example {@code en_US.UTF-8}. */
    public abstract String collate();

    /** {@code LC_CTYPE}. */
    public abstract String ctype();

    /** The locale of ICU or of the builtin provider; empty for {@link LocaleProvider#LIBC}. */
    public abstract Optional<String> locale();

    /** Additional collation rules of ICU; empty if there are none. */
    public abstract Optional<String> icuRules();

    /** The most concurrent connections; {@value #UNLIMITED}, the default, for no limit. */
    @Value.Default
    public int connectionLimit() {
        return UNLIMITED;
    }

    /** The role that owns the database; empty in manifests of earlier releases. */
    public abstract Optional<String> owner();

    /** Whether other users may copy the database ({@code IS_TEMPLATE}); {@code false} by default. */
    @Value.Default
    public boolean template() {
        return false;
    }

    /** The settings of the database, and of roles in it. */
    public abstract List<DatabaseSetting> settings();

    /** The comment on the database; empty if there is none. */
    public abstract Optional<String> comment();

    /** All privileges on the database, those of its owner included. Empty for PostgreSQL's default privileges. */
    public abstract Optional<List<DatabaseGrant>> grants();

    /** Starts with every default. */
    public static Builder builder() {
        return ImmutableDatabaseProperties.builder();
    }

    /**
     * Builds {@link DatabaseProperties}. {@code encoding}, {@code localeProvider}, {@code collate} and {@code ctype}
     * are required. If a value is set twice, the last one counts. No argument or element may be null. Not thread-safe.
     */
    public abstract static class Builder {
        Builder() {}

        /** Copies every value of other properties. Their settings are added to those that are set already. */
        public abstract Builder from(DatabaseProperties instance);

        /** PostgreSQL's name of the encoding, for example {@code UTF8}. Required. */
        public abstract Builder encoding(String encoding);

        /** The library that orders text. Required. */
        public abstract Builder localeProvider(LocaleProvider localeProvider);

        /** {@code LC_COLLATE}. Required. */
        public abstract Builder collate(String collate);

        /** {@code LC_CTYPE}. Required. */
        public abstract Builder ctype(String ctype);

        /** The locale of ICU or of the builtin provider. Default: none. */
        public abstract Builder locale(Optional<String> locale);

        /** The locale of ICU or of the builtin provider. */
        public abstract Builder locale(String locale);

        /** Additional collation rules of ICU. Default: none. */
        public abstract Builder icuRules(Optional<String> icuRules);

        /** Additional collation rules of ICU. */
        public abstract Builder icuRules(String icuRules);

        /** Concurrent connections at most. Default: {@value DatabaseProperties#UNLIMITED}, no limit. */
        public abstract Builder connectionLimit(int connectionLimit);

        /** The role that owns the database. Default: unknown, which leaves it to the role that restores. */
        public abstract Builder owner(Optional<String> owner);

        /** The role that owns the database. */
        public abstract Builder owner(String owner);

        /** Whether other users may copy the database. Default: {@code false}. */
        public abstract Builder template(boolean template);

        /** Adds one setting. */
        public abstract Builder addSettings(DatabaseSetting element);

        /** Adds settings. */
        public abstract Builder addSettings(DatabaseSetting... elements);

        /** Adds settings. */
        public abstract Builder addAllSettings(Iterable<? extends DatabaseSetting> elements);

        /** Replaces the settings of the database and of roles in it. Default: none. */
        public abstract Builder settings(Iterable<? extends DatabaseSetting> settings);

        /** The comment on the database. Default: none. */
        public abstract Builder comment(Optional<String> comment);

        /** The comment on the database. */
        public abstract Builder comment(String comment);

        /** All privileges on the database. Default: empty, which means PostgreSQL's default privileges. */
        public abstract Builder grants(Optional<? extends List<DatabaseGrant>> grants);

        /** All privileges on the database, its owner's included. */
        public abstract Builder grants(List<DatabaseGrant> grants);

        /**
         * Builds the properties.
         *
         * @throws IllegalStateException if a required value is missing; the message names all that are missing
         */
        public abstract DatabaseProperties build();
    }
}
