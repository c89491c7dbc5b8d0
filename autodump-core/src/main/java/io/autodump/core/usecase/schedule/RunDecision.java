package io.autodump.core.usecase.schedule;

import io.autodump.core.plan.SecretTags;
import io.autodump.core.plan.TagsHash;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.TaggedSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What to do with a due run: make its dump, drop it, or report it as missed. */
public sealed interface RunDecision {
    /** The secret of the run, as it was read for this decision. */
    RunSecret secret();

    /** Why, in a few words for a person. Holds no secret value. */
    String reason();

    /**
     * The secret of a due run, read once.
     *
     * @param id the id that the run carries
     * @param found the secret; empty if it was deleted
     * @param tags its tags, with the defaults of those that can't be read; empty if it was deleted
     * @param currentHash the hash of the tags as they are now, in the version that the run carries; empty if the secret
     *     was deleted or its schedule can't be read
     */
    record RunSecret(
            SecretId id, Optional<TaggedSecret> found, Optional<SecretTags> tags, Optional<TagsHash> currentHash) {}

    /**
     * Make the dump now.
     *
     * @param secret the secret of the run
     * @param reason why
     * @param deadline the end of the catch-up window; no attempt begins at or after it. {@link Instant#MAX} if the
     *     caller gave no instant to compare with
     */
    record Make(RunSecret secret, String reason, Instant deadline) implements RunDecision {}

    /**
     * Drop the run: the secret was deleted or paused, its schedule can't be read, or it is another one.
     *
     * @param secret the secret of the run
     * @param reason why
     */
    record Superseded(RunSecret secret, String reason) implements RunDecision {}

    /**
     * The run is still wanted, but its catch-up window is over, so no dump is made.
     *
     * @param secret the secret of the run
     * @param reason why
     * @param window the length of the catch-up window
     */
    record Missed(RunSecret secret, String reason, Duration window) implements RunDecision {}
}
