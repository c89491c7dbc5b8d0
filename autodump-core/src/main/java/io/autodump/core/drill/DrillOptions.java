package io.autodump.core.drill;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.internal.ValueStyle;
import java.util.Optional;
import org.immutables.value.Value;

/** How a restore drill is made. Immutable and thread-safe. */
@Value.Immutable
@ValueStyle
public abstract class DrillOptions {
    /** Starts a server for the drill, and checks no assertions. */
    public static final DrillOptions DEFAULTS = builder().build();

    DrillOptions() {}

    /**
     * A connection to any database of the server to restore into, which executes what the dump contains. Nothing that
     * is there is changed. Empty, the default, starts a throw-away server on this machine.
     */
    public abstract Optional<DatabaseSecret> scratchServer();

    /** The path of the folder for the data of a throw-away server. Default: the folder for temporary files. */
    public abstract Optional<String> folder();

    /** What must be true about the restored database. Default: nothing. */
    public abstract Optional<DrillAssertions> assertions();

    /**
     * Whether a server of a newer major version than the dump's may be used, to rehearse an upgrade. Default: false,
     * it must have the same major version.
     */
    @Value.Default
    public boolean newerServer() {
        return false;
    }

    /** Starts with every default. */
    public static Builder builder() {
        return ImmutableDrillOptions.builder();
    }

    /**
     * Builds {@link DrillOptions}. Every value has a default. If a value is set twice, the last one counts. No argument
     * may be null. Not thread-safe.
     */
    public abstract static class Builder {
        Builder() {}

        /** Copies every value of other options. */
        public abstract Builder from(DrillOptions instance);

        /** The server to restore into. Default: none, a throw-away server is started. */
        public abstract Builder scratchServer(DatabaseSecret scratchServer);

        /** The server to restore into; empty, the default, starts a throw-away server. */
        public abstract Builder scratchServer(Optional<? extends DatabaseSecret> scratchServer);

        /** The path of the folder for the data of a throw-away server. Default: the folder for temporary files. */
        public abstract Builder folder(String folder);

        /** The folder for a throw-away server's data; empty, the default, for the folder for temporary files. */
        public abstract Builder folder(Optional<String> folder);

        /** What must be true about the restored database. Default: nothing. */
        public abstract Builder assertions(DrillAssertions assertions);

        /** What must be true about the restored database; empty, the default, for nothing. */
        public abstract Builder assertions(Optional<? extends DrillAssertions> assertions);

        /** Whether a server of a newer major version may be used. Default: false. */
        public abstract Builder newerServer(boolean newerServer);

        /** Builds the options. */
        public abstract DrillOptions build();
    }
}
