package io.autodump.core.server;

import java.util.Objects;

/**
 * An extension of the dumped database.
 *
 * @param name for example {@code postgis}
 * @param version for example {@code 3.3.2}; a dump doesn't hold it, and a restore installs the target's default version
 */
public record RequiredExtension(String name, String version) {
    public RequiredExtension {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
    }
}
