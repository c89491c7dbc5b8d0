package io.autodump.infra;

import org.jspecify.annotations.Nullable;

/** AutoDump's version, as the jar's manifest has it. */
final class Version {
    private Version() {}

    /** {@code development} where the classes don't come from a jar. */
    static String current() {
        @Nullable String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
