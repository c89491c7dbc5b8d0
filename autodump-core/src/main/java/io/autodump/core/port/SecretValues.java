package io.autodump.core.port;

import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.SecretValue;

/** Reads the values of secrets. Only a process that dumps or restores needs one. Thread-safe. */
public interface SecretValues {
    /**
     * Reads the current value. Never cached, so a rotated secret is seen at once.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code SECRET_NOT_FOUND}, or {@code CATALOG_FAILED} if it can't
     *     be read
     */
    SecretValue read(SecretId id);
}
