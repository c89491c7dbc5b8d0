package io.autodump.core.usecase.restore;

import io.autodump.core.dump.DumpManifest;
import io.autodump.core.internal.ValueStyle;
import java.util.Optional;
import org.immutables.value.Value;

/** The result of a verification that found no fault: the whole file was read. Immutable and thread-safe. */
@Value.Immutable
@ValueStyle
public abstract class VerifyReport {
    VerifyReport() {}

    /** The manifest that the file was compared with. */
    public abstract DumpManifest manifest();

    /**
     * Whether the contents were read. Default: true. False for an encrypted dump without an identity: its bytes are
     * those that were stored, and nothing more is known.
     */
    @Value.Default
    public boolean contentsRead() {
        return true;
    }

    /** The number of entries in the archive's own contents list; empty for a plain script, or if it wasn't read. */
    public abstract Optional<Integer> archiveEntries();

    /** Starts a report of a plain script, which has no contents list. */
    public static Builder builder() {
        return ImmutableVerifyReport.builder();
    }

    /**
     * Builds a {@link VerifyReport}. {@code manifest} is required. If a value is set twice, the last one counts. No
     * argument may be null. Not thread-safe.
     */
    public abstract static class Builder {
        Builder() {}

        /** Copies every value of another report. */
        public abstract Builder from(VerifyReport instance);

        /** The manifest that the file was compared with. Required. */
        public abstract Builder manifest(DumpManifest manifest);

        /** Whether the contents were read. Default: true. */
        public abstract Builder contentsRead(boolean contentsRead);

        /** The number of entries in the archive's contents list. Default: none, as for a plain script. */
        public abstract Builder archiveEntries(int archiveEntries);

        /** The number of entries in the archive's contents list; empty, the default, for a plain script. */
        public abstract Builder archiveEntries(Optional<Integer> archiveEntries);

        /**
         * Builds the report.
         *
         * @throws IllegalStateException if {@code manifest} is missing
         */
        public abstract VerifyReport build();
    }
}
