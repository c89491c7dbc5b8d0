package io.autodump.core.usecase;

import io.autodump.core.schedule.TagsHash;
import io.autodump.core.secret.SecretId;
import java.util.Optional;

/**
 * Whether a run that has waited is still wanted.
 *
 * @param secretId the secret of the run
 * @param currentHash of the tags as they are now, in the version that the run carries; empty if they are invalid or gone
 * @param execute whether the dump is to be made
 * @param reason why, for a person
 */
public record HashCheck(SecretId secretId, Optional<TagsHash> currentHash, boolean execute, String reason) {}
