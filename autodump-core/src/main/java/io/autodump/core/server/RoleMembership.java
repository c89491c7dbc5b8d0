package io.autodump.core.server;

import io.autodump.core.internal.ValueStyle;
import java.util.Optional;
import org.immutables.value.Value;

/** A role's membership in another role. Immutable and thread-safe. */
@Value.Immutable
@ValueStyle
public abstract class RoleMembership {
    RoleMembership() {}

    /** The role that it is a member of, unquoted. */
    public abstract String group();

    /** Whether the member may grant the membership to others. Default: false. */
    @Value.Default
    public boolean admin() {
        return false;
    }

    /** Whether the member inherits the group's privileges. Empty for servers before version 16. */
    public abstract Optional<Boolean> inherit();

    /** Whether the member may {@code SET ROLE} to the group. Empty for servers before version 16. */
    public abstract Optional<Boolean> set();

    /** Starts without a group. */
    public static Builder builder() {
        return ImmutableRoleMembership.builder();
    }

    /**
     * Builds a {@link RoleMembership}. {@code group} is required. If a value is set twice, the last one counts. No
     * argument may be null. Not thread-safe.
     */
    public abstract static class Builder {
        Builder() {}

        /** Copies every value of another membership. */
        public abstract Builder from(RoleMembership instance);

        /** The role that it is a member of, unquoted. Required. */
        public abstract Builder group(String group);

        /** Whether the member may grant the membership to others. Default: false. */
        public abstract Builder admin(boolean admin);

        /** Whether the member inherits the group's privileges. Default: empty, as before version 16. */
        public abstract Builder inherit(Optional<Boolean> inherit);

        /** Whether the member inherits the group's privileges. */
        public abstract Builder inherit(boolean inherit);

        /** Whether the member may {@code SET ROLE} to the group. Default: empty, as before version 16. */
        public abstract Builder set(Optional<Boolean> set);

        /** Whether the member may {@code SET ROLE} to the group. */
        public abstract Builder set(boolean set);

        /**
         * Builds the membership.
         *
         * @throws IllegalStateException if {@code group} is missing
         */
        public abstract RoleMembership build();
    }
}
