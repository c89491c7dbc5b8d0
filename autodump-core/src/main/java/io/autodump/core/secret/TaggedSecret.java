package io.autodump.core.secret;

import io.autodump.core.internal.ValueStyle;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/** A secret as a catalog lists it: id, name and tags, without its value. Immutable and thread-safe. */
@Value.Immutable
@ValueStyle
public abstract class TaggedSecret {
    TaggedSecret() {}

    /** The id by which the catalog finds the secret. */
    public abstract SecretId id();

    /** The name that people use; part of every dump's key. Not blank. */
    public abstract String name();

    /** All tags of the secret, also those of other programs. Unmodifiable. */
    public abstract Map<String, String> tags();

    /** When the secret or its tags last changed; a rotated password doesn't count. Empty if unknown. */
    public abstract Optional<Instant> changedAt();

    /** When the secret was created. Empty if unknown. */
    public abstract Optional<Instant> createdAt();

    /** The region of the secret that this one is a replica of. Empty if it isn't a replica, or if unknown. */
    public abstract Optional<String> replicaOf();

    @Value.Check
    protected void check() {
        if (name().isBlank()) {
            throw new IllegalArgumentException("a secret without a name: " + id());
        }
    }

    /** Starts a secret without tags. */
    public static Builder builder() {
        return ImmutableTaggedSecret.builder();
    }

    /**
     * Builds a {@link TaggedSecret}. {@code id} and {@code name} are required; there are no tags by default. If a
     * value is set twice, the last one counts. No argument, key or element may be null. Not thread-safe.
     */
    public abstract static class Builder {
        Builder() {}

        /** Copies every value of another secret. Its tags are added to those that are set already. */
        public abstract Builder from(TaggedSecret instance);

        /** The id by which the catalog finds the secret. Required. */
        public abstract Builder id(SecretId id);

        /** The name that people use; part of every dump's key. Required, not blank. */
        public abstract Builder name(String name);

        /**
         * Adds one tag; replaces a tag of the same key.
         *
         * @param key the whole key, for example {@code autodump:start-schedule}; any other program's tag is allowed
         */
        public abstract Builder putTags(String key, String value);

        /** Adds one tag; replaces a tag of the same key. */
        public abstract Builder putTags(Map.Entry<String, ? extends String> entry);

        /** Replaces all tags. Default: none. */
        public abstract Builder tags(Map<String, ? extends String> entries);

        /** Adds tags to those that are set already. */
        public abstract Builder putAllTags(Map<String, ? extends String> entries);

        /** When the secret or its tags last changed; a rotated password doesn't count. Default: unknown. */
        public abstract Builder changedAt(Instant changedAt);

        /** When the secret or its tags last changed; empty, the default, for unknown. */
        public abstract Builder changedAt(Optional<? extends Instant> changedAt);

        /** When the secret was created. Default: unknown. */
        public abstract Builder createdAt(Instant createdAt);

        /** When the secret was created; empty, the default, for unknown. */
        public abstract Builder createdAt(Optional<? extends Instant> createdAt);

        /** The region of the secret that this one is a replica of. Default: it isn't a replica. */
        public abstract Builder replicaOf(String replicaOf);

        /** The region of the secret that this one is a replica of; empty, the default, if it isn't a replica. */
        public abstract Builder replicaOf(Optional<String> replicaOf);

        /**
         * Builds the secret.
         *
         * @throws IllegalStateException if a required value is missing, or two tags have the same key
         * @throws IllegalArgumentException if the name is blank
         */
        public abstract TaggedSecret build();
    }
}
