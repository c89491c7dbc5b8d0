package io.autodump.core.port;

import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.TaggedSecret;
import java.util.Optional;
import java.util.stream.Stream;

/** Lists secrets and their tags. Never reads what a secret holds. */
public interface SecretCatalog {
    /**
     * The secrets with at least one tag that begins with {@code autodump:}, each once, in no promised order. Secrets
     * that are deleted, or planned for deletion, are left out. The stream may fetch as it goes: it can fail on the way,
     * after it has given some, with {@link io.autodump.core.error.ErrorCode#CATALOG_FAILED}. Close it after use.
     */
    Stream<TaggedSecret> tagged();

    /**
     * One secret, tagged for AutoDump or not, with its tags as they are now; empty if there is none, or if it is
     * deleted or planned for deletion.
     */
    Optional<TaggedSecret> find(SecretId id);
}
