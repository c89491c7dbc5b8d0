package io.autodump.infra.app;

import org.jspecify.annotations.Nullable;

/** The version of AutoDump from the manifest of the jar. */
public final class Version {
    private Version() {}

    /** Returns the version; {@code development} if the classes don't come from a jar. */
    static String current() {
        @Nullable String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
