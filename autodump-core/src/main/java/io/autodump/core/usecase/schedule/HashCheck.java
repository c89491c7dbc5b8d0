package io.autodump.core.usecase.schedule;

import io.autodump.core.plan.SecretTags;
import io.autodump.core.plan.TagsHash;
import io.autodump.core.secret.SecretId;
import java.util.Optional;

/**
 * Whether a run that has waited is still wanted.
 *
 * @param secretId the secret of the run
 * @param currentHash of the tags as they are now, in the version that the run carries; empty if they are invalid or gone
 * @param tags what they say now; empty if they are invalid or gone. A run of the original system is executed even then: its
 *     hash covers two tags alone, and the dump tells what is wrong with the others
 * @param execute whether the dump is to be made
 * @param reason why, for a person
 */
public record HashCheck(
        SecretId secretId, Optional<TagsHash> currentHash, Optional<SecretTags> tags, boolean execute, String reason) {}
