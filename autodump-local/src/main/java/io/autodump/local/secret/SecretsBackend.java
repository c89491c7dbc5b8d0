package io.autodump.local.secret;

import io.autodump.core.port.SecretCatalog;
import io.autodump.core.port.SecretValues;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A place that holds secrets: their tags ({@link SecretCatalog}) and their values ({@link SecretValues}). A secret is
 * found by its id, and also by its name if the two differ. Implementations are thread-safe.
 */
public interface SecretsBackend extends SecretCatalog, SecretValues {
    /** A short description of the place, for messages; for example a folder. */
    String place();

    /**
     * What should be fixed in this place and stops no dump; empty by default.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code CATALOG_FAILED} if the place can't be read
     */
    default List<SecretWarning> warnings() {
        return List.of();
    }

    /** A folder whose files change when a secret does; empty by default, and then only a scan notices a change. */
    default Optional<Path> watchedFolder() {
        return Optional.empty();
    }
}
