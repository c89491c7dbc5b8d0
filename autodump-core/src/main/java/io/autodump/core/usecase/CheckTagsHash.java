package io.autodump.core.usecase;

import io.autodump.core.contract.TagNames;
import io.autodump.core.port.SecretCatalog;
import io.autodump.core.schedule.TagsHash;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.TaggedSecret;
import java.util.Optional;

/** Tells, when a run is due, whether the tags that scheduled it are still in force. Changes nothing. Thread-safe. */
public final class CheckTagsHash {
    private final SecretCatalog catalog;

    public CheckTagsHash(SecretCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Compares the hash that a run carries with the one of the tags as they are now.
     *
     * @param hash what the run has carried since it was started
     * @throws io.autodump.core.error.AutoDumpException {@code CATALOG_FAILED}; may be retried without harm
     */
    public HashCheck check(SecretId id, TagsHash hash) {
        Optional<TaggedSecret> secret = catalog.find(id);
        if (secret.isEmpty()) {
            return new HashCheck(id, Optional.empty(), false, "the secret is gone");
        }
        Optional<TagsHash> current = hash.currentFor(secret.get().tags());
        if (current.isEmpty()) {
            return new HashCheck(id, current, false, "the secret's tags are invalid now");
        }
        if (!current.get().equals(hash)) {
            return new HashCheck(id, current, false, "the tags have changed");
        }
        boolean paused = isPaused(secret.get());
        return new HashCheck(id, current, !paused, paused ? "the secret is paused" : "the tags are unchanged");
    }

    /** The original system's hash doesn't cover the pause. */
    private static boolean isPaused(TaggedSecret secret) {
        return "false"
                .equals(secret.tags().getOrDefault(TagNames.ENABLED, "true").strip());
    }
}
