package io.autodump.core.secret;

import io.autodump.core.internal.ValueStyle;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/** A secret as a catalogue lists it: who it is and how it is tagged, never what it holds. */
@Value.Immutable
@ValueStyle
public abstract class TaggedSecret {
    /** What the catalogue knows it by. */
    public abstract SecretId id();

    /** The name that people gave it; part of every dump's key. */
    public abstract String name();

    /** All of its tags, AutoDump's and others'. */
    public abstract Map<String, String> tags();

    /** When the secret or its tags were last changed, rotations of the password apart; empty if that can't be told. */
    public abstract Optional<Instant> changedAt();

    /** When the secret was made; empty if that can't be told. */
    public abstract Optional<Instant> createdAt();

    @Value.Check
    protected void check() {
        if (name().isBlank()) {
            throw new IllegalArgumentException("a secret without a name: " + id());
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Not thread-safe. */
    public static final class Builder extends ImmutableTaggedSecret.Builder {
        Builder() {}
    }
}
