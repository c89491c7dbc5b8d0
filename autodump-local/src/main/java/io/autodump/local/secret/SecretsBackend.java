package io.autodump.local.secret;

import io.autodump.core.error.Problem;
import io.autodump.core.port.SecretCatalog;
import io.autodump.core.port.SecretValues;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Secrets with their tags and values. A secret is also found by its name, whatever its id. */
public interface SecretsBackend extends SecretCatalog, SecretValues {
    /** Where they are, for people. */
    String place();

    /** What should be changed and stops nothing. */
    default List<Problem> warnings() {
        return List.of();
    }

    /** The folder in which a change of secrets can be seen; empty where one has to ask. */
    default Optional<Path> watchedFolder() {
        return Optional.empty();
    }
}
