package io.autodump.core.internal;

import org.jspecify.annotations.Nullable;

/** AutoDump's own version, as the jar's manifest has it. */
public final class ToolVersion {
    private ToolVersion() {}

    /** {@code development} where the classes don't come from a jar. */
    public static String current() {
        @Nullable String version = ToolVersion.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
