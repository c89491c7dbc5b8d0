package io.autodump.core.server;

import java.util.Objects;

/**
 * A setting of a role in all databases: {@code ALTER ROLE … SET}.
 *
 * @param name the name of the parameter, for example {@code search_path}
 * @param value the value as the server stores it
 */
public record RoleSetting(String name, String value) {
    public RoleSetting {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
    }
}
