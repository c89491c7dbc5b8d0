package io.autodump.core.server;

import io.autodump.core.internal.ValueStyle;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** The definition of a role, without its password, which is never read. Immutable and thread-safe. */
@Value.Immutable
@ValueStyle
public abstract class ServerRole {
    /** The connection limit that means no limit. */
    public static final int UNLIMITED = -1;

    ServerRole() {}

    /** The name, unquoted. */
    public abstract String name();

    /** {@code SUPERUSER}. Default: false. */
    @Value.Default
    public boolean superuser() {
        return false;
    }

    /** {@code CREATEDB}. Default: false. */
    @Value.Default
    public boolean createDatabase() {
        return false;
    }

    /** {@code CREATEROLE}. Default: false. */
    @Value.Default
    public boolean createRole() {
        return false;
    }

    /** {@code LOGIN}. Default: false. */
    @Value.Default
    public boolean login() {
        return false;
    }

    /** {@code REPLICATION}. Default: false. */
    @Value.Default
    public boolean replication() {
        return false;
    }

    /** {@code BYPASSRLS}. Default: false. */
    @Value.Default
    public boolean bypassRowSecurity() {
        return false;
    }

    /** {@code INHERIT}. Default: true. */
    @Value.Default
    public boolean inherit() {
        return true;
    }

    /** The most concurrent connections; {@value #UNLIMITED}, the default, for no limit. */
    @Value.Default
    public int connectionLimit() {
        return UNLIMITED;
    }

    /** When its password expires, as {@code VALID UNTIL} takes it. Empty if never. */
    public abstract Optional<String> validUntil();

    /** The comment on the role. Empty if there is none. */
    public abstract Optional<String> comment();

    /** The settings of the role in all databases. */
    public abstract List<RoleSetting> settings();

    /** The roles that it is a member of. */
    public abstract List<RoleMembership> memberships();

    /** Starts without a name. */
    public static Builder builder() {
        return ImmutableServerRole.builder();
    }

    /**
     * Builds a {@link ServerRole}. {@code name} is required. If a value is set twice, the last one counts. No
     * argument or element may be null. Not thread-safe.
     */
    public abstract static class Builder {
        Builder() {}

        /** Copies every value of another role. Its settings and memberships are added to those that are set already. */
        public abstract Builder from(ServerRole instance);

        /** The name, unquoted. Required. */
        public abstract Builder name(String name);

        /** {@code SUPERUSER}. Default: false. */
        public abstract Builder superuser(boolean superuser);

        /** {@code CREATEDB}. Default: false. */
        public abstract Builder createDatabase(boolean createDatabase);

        /** {@code CREATEROLE}. Default: false. */
        public abstract Builder createRole(boolean createRole);

        /** {@code LOGIN}. Default: false. */
        public abstract Builder login(boolean login);

        /** {@code REPLICATION}. Default: false. */
        public abstract Builder replication(boolean replication);

        /** {@code BYPASSRLS}. Default: false. */
        public abstract Builder bypassRowSecurity(boolean bypassRowSecurity);

        /** {@code INHERIT}. Default: true. */
        public abstract Builder inherit(boolean inherit);

        /** Concurrent connections at most. Default: {@value ServerRole#UNLIMITED}, no limit. */
        public abstract Builder connectionLimit(int connectionLimit);

        /** When its password expires. Default: empty, never. */
        public abstract Builder validUntil(Optional<String> validUntil);

        /** When its password expires, as {@code VALID UNTIL} takes it. */
        public abstract Builder validUntil(String validUntil);

        /** The comment on the role. Default: none. */
        public abstract Builder comment(Optional<String> comment);

        /** The comment on the role. */
        public abstract Builder comment(String comment);

        /** Adds a setting. */
        public abstract Builder addSettings(RoleSetting element);

        /** Adds settings. */
        public abstract Builder addSettings(RoleSetting... elements);

        /** Replaces the settings. Default: none. */
        public abstract Builder settings(Iterable<? extends RoleSetting> elements);

        /** Adds settings. */
        public abstract Builder addAllSettings(Iterable<? extends RoleSetting> elements);

        /** Adds a membership. */
        public abstract Builder addMemberships(RoleMembership element);

        /** Adds memberships. */
        public abstract Builder addMemberships(RoleMembership... elements);

        /** Replaces the memberships. Default: none. */
        public abstract Builder memberships(Iterable<? extends RoleMembership> elements);

        /** Adds memberships. */
        public abstract Builder addAllMemberships(Iterable<? extends RoleMembership> elements);

        /**
         * Builds the role.
         *
         * @throws IllegalStateException if {@code name} is missing
         */
        public abstract ServerRole build();
    }
}
