package io.autodump.core.server;

import io.autodump.core.internal.ValueStyle;
import java.util.Optional;
import java.util.regex.Pattern;
import org.immutables.value.Value;

/** A privilege on a database. Immutable and thread-safe. */
@Value.Immutable
@ValueStyle
public abstract class DatabaseGrant {
    private static final Pattern KEYWORD = Pattern.compile("[A-Z]{1,30}");

    DatabaseGrant() {}

    /** The role that has the privilege. Empty for {@code PUBLIC}. */
    public abstract Optional<String> grantee();

    /** The privilege: {@code CONNECT}, {@code CREATE} or {@code TEMPORARY}. */
    public abstract String privilege();

    /** Whether the grantee may grant the privilege to others. */
    @Value.Default
    public boolean grantable() {
        return false;
    }

    /** A privilege becomes part of a statement, where it can't be quoted. */
    @Value.Check
    protected void check() {
        if (!KEYWORD.matcher(privilege()).matches()) {
            throw new IllegalArgumentException("a privilege is one keyword such as CONNECT");
        }
    }

    /** Starts a privilege of {@code PUBLIC} that can't be granted to others. */
    public static Builder builder() {
        return ImmutableDatabaseGrant.builder();
    }

    /**
     * Builds a {@link DatabaseGrant}. {@code privilege} is required. If a value is set twice, the last one counts. No
     * argument may be null. Not thread-safe.
     */
    public abstract static class Builder {
        Builder() {}

        /** Copies every value of another privilege. */
        public abstract Builder from(DatabaseGrant instance);

        /** The role that has the privilege. Default: {@code PUBLIC}. */
        public abstract Builder grantee(String grantee);

        /** The role that has the privilege; empty, the default, for {@code PUBLIC}. */
        public abstract Builder grantee(Optional<String> grantee);

        /** The privilege: {@code CONNECT}, {@code CREATE} or {@code TEMPORARY}. Required. */
        public abstract Builder privilege(String privilege);

        /** Whether the grantee may grant the privilege to others. Default: false. */
        public abstract Builder grantable(boolean grantable);

        /**
         * Builds the privilege.
         *
         * @throws IllegalStateException if {@code privilege} is missing
         * @throws IllegalArgumentException if {@code privilege} isn't one keyword in upper case
         */
        public abstract DatabaseGrant build();
    }
}
