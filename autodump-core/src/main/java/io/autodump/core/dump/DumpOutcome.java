package io.autodump.core.dump;

import io.autodump.core.internal.ValueStyle;
import org.immutables.value.Value;

/** The result of a run that succeeded. Immutable and thread-safe. */
@Value.Immutable
@ValueStyle
public abstract class DumpOutcome {
    DumpOutcome() {}

    /** The manifest of the dump, which is published. */
    public abstract DumpManifest manifest();

    /** Whether an earlier attempt had already finished this run. If so, this run dumped nothing. */
    @Value.Default
    public boolean alreadyThere() {
        return false;
    }

    /** Starts the outcome of a run that made its dump itself. */
    public static Builder builder() {
        return ImmutableDumpOutcome.builder();
    }

    /**
     * Builds a {@link DumpOutcome}. {@code manifest} is required. If a value is set twice, the last one counts. No
     * argument may be null. Not thread-safe.
     */
    public abstract static class Builder {
        Builder() {}

        /** Copies every value of another outcome. */
        public abstract Builder from(DumpOutcome instance);

        /** The manifest of the published dump. Required. */
        public abstract Builder manifest(DumpManifest manifest);

        /** Whether an earlier attempt had already finished this run. Default: false. */
        public abstract Builder alreadyThere(boolean alreadyThere);

        /**
         * Builds the outcome.
         *
         * @throws IllegalStateException if {@code manifest} is missing
         */
        public abstract DumpOutcome build();
    }
}
