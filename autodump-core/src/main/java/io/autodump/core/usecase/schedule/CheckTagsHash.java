package io.autodump.core.usecase.schedule;

import io.autodump.core.contract.TagNames;
import io.autodump.core.error.InvalidInputException;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.plan.TagsHash;
import io.autodump.core.port.SecretCatalog;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.usecase.Ports;
import java.util.Optional;

/** Tells, when a run is due, whether the tags that scheduled it are still in force. Changes nothing. Thread-safe. */
public final class CheckTagsHash {
    private final SecretCatalog catalog;

    CheckTagsHash(SecretCatalog catalog) {
        this.catalog = catalog;
    }

    /** Not API: {@link io.autodump.core.AutoDump#checkTagsHash} is. */
    public static CheckTagsHash of(Ports ports) {
        return new CheckTagsHash(ports.catalog());
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
            return new HashCheck(id, Optional.empty(), Optional.empty(), false, "the secret is gone");
        }
        Optional<TagsHash> current = hash.currentFor(secret.get().tags());
        String refusal = refusal(secret.get(), hash, current);
        return new HashCheck(
                id,
                current,
                tags(secret.get()),
                refusal.isEmpty(),
                refusal.isEmpty() ? "the tags are unchanged" : refusal);
    }

    /** Why the run isn't wanted any more; empty if it is. */
    private static String refusal(TaggedSecret secret, TagsHash hash, Optional<TagsHash> current) {
        if (current.isEmpty()) {
            return "the secret's tags are invalid now";
        }
        if (!current.get().equals(hash)) {
            return "the tags have changed";
        }
        return isPaused(secret) ? "the secret is paused" : "";
    }

    private static Optional<SecretTags> tags(TaggedSecret secret) {
        try {
            return Optional.of(SecretTags.parse(secret.name(), secret.tags()));
        } catch (InvalidInputException invalidNow) {
            return Optional.empty();
        }
    }

    /** The original system's hash doesn't cover the pause. */
    private static boolean isPaused(TaggedSecret secret) {
        return "false"
                .equals(secret.tags().getOrDefault(TagNames.ENABLED, "true").strip());
    }
}
