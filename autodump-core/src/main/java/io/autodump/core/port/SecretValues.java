package io.autodump.core.port;

import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.SecretValue;

/** Reads what a secret holds. Only a process that dumps or restores is ever given one of these. */
public interface SecretValues {
    /**
     * The current value, read anew at each call (a rotated secret is seen at once).
     *
     * @throws io.autodump.core.error.AutoDumpException {@code SECRET_NOT_FOUND}, or {@code CATALOG_FAILED} if it can't
     *     be read
     */
    SecretValue read(SecretId id);
}
