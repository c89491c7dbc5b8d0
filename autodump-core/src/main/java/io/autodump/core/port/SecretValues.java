package io.autodump.core.port;

import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.SecretValue;
import io.autodump.core.secret.TaggedSecret;

/** Reads the values of secrets. Only a process that dumps or restores needs one. Thread-safe. */
public interface SecretValues {
    /**
     * Reads the current value. Never cached, so a rotated secret is seen at once.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code SECRET_NOT_FOUND}, or {@code CATALOG_FAILED} if it can't
     *     be read
     */
    SecretValue read(SecretId id);

    /**
     * Reads the current value of a secret whose tags are known. A port that finds a database's server by the tags that
     * its provider sets adds what the value lacks: {@code endpoint}, {@code readerendpoint}, {@code port}, {@code
     * engine}, {@code databasename}. By default, as {@link #read(SecretId)}.
     *
     * @throws io.autodump.core.error.AutoDumpException as {@link #read(SecretId)}
     */
    default SecretValue read(TaggedSecret secret) {
        return read(secret.id());
    }
}
