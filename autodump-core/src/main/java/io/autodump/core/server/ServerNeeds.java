package io.autodump.core.server;

import io.autodump.core.internal.ValueStyle;
import java.util.List;
import org.immutables.value.Value;

/**
 * What the dumped database needs from its server. It isn't in the dump of the database, so the manifest holds it.
 * Immutable and thread-safe.
 */
@Value.Immutable
@ValueStyle
public abstract class ServerNeeds {
    ServerNeeds() {}

    /**
     * The definitions of the roles that the database needs: owners, grantees, those that rows and the database's
     * settings name, and the roles that these are members of. Never holds a predefined role or one of a managed
     * service. Empty with {@link Globals#NONE}.
     */
    public abstract List<ServerRole> roles();

    /** Names of roles that values in tables refer to (type {@code regrole}). A restore always needs them. */
    public abstract List<String> rolesInRows();

    /** The database's extensions with their versions. */
    public abstract List<RequiredExtension> extensions();

    /** Starts empty. */
    public static Builder builder() {
        return ImmutableServerNeeds.builder();
    }

    /**
     * Builds {@link ServerNeeds}. Every value has a default. If a value is set twice, the last one counts. No argument
     * or element may be null. Not thread-safe.
     */
    public abstract static class Builder {
        Builder() {}

        /** Copies every value of other needs; lists are added to those that are set already. */
        public abstract Builder from(ServerNeeds instance);

        /** Adds the definition of a role. */
        public abstract Builder addRoles(ServerRole element);

        /** Adds definitions of roles. */
        public abstract Builder addRoles(ServerRole... elements);

        /** Replaces the definitions of roles. Default: none. */
        public abstract Builder roles(Iterable<? extends ServerRole> elements);

        /** Adds definitions of roles. */
        public abstract Builder addAllRoles(Iterable<? extends ServerRole> elements);

        /** Adds the name of a role that rows refer to. */
        public abstract Builder addRolesInRows(String element);

        /** Adds names of roles that rows refer to. */
        public abstract Builder addRolesInRows(String... elements);

        /** Replaces the names of roles that rows refer to. Default: none. */
        public abstract Builder rolesInRows(Iterable<String> elements);

        /** Adds names of roles that rows refer to. */
        public abstract Builder addAllRolesInRows(Iterable<String> elements);

        /** Adds an extension. */
        public abstract Builder addExtensions(RequiredExtension element);

        /** Adds extensions. */
        public abstract Builder addExtensions(RequiredExtension... elements);

        /** Replaces the extensions. Default: none. */
        public abstract Builder extensions(Iterable<? extends RequiredExtension> elements);

        /** Adds extensions. */
        public abstract Builder addAllExtensions(Iterable<? extends RequiredExtension> elements);

        /** Builds the needs. */
        public abstract ServerNeeds build();
    }
}
