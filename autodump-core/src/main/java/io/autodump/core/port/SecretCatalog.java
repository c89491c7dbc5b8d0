package io.autodump.core.port;

import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.TaggedSecret;
import java.util.Optional;
import java.util.stream.Stream;

/** Lists secrets and their tags. Never reads their values. Thread-safe. */
public interface SecretCatalog {
    /**
     * Returns the secrets with at least one tag that begins with {@code autodump:}, or nearly does ({@link
     * io.autodump.core.plan.SecretTags#anyIn}), each once, in no particular order.
     * Secrets that are deleted, or scheduled for deletion, are left out. The stream may fetch while it is read, so it
     * can fail after some secrets. Close it after use.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code CATALOG_FAILED}, also while the stream is read
     */
    Stream<TaggedSecret> tagged();

    /**
     * Returns one secret with its current tags, whether or not it has tags of AutoDump. Empty if it doesn't exist, is
     * deleted, or is scheduled for deletion.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code CATALOG_FAILED}
     */
    Optional<TaggedSecret> find(SecretId id);
}
