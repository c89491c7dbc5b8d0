package io.autodump.core.internal;

import org.jspecify.annotations.Nullable;

/** AutoDump's own version, from the jar's manifest. */
public final class ToolVersion {
    private ToolVersion() {}

    /** Returns the version; {@code development} if the classes aren't in a jar. */
    public static String current() {
        @Nullable String version = ToolVersion.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
