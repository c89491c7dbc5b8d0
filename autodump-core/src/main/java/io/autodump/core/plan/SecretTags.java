package io.autodump.core.plan;

import io.autodump.core.contract.TagNames;
import io.autodump.core.database.Authentication;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.error.InvalidInputException;
import io.autodump.core.internal.ValueStyle;
import io.autodump.core.job.JobLimits;
import io.autodump.core.retention.RetentionPolicy;
import io.autodump.core.schedule.DumpSchedule;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/** All that a secret's {@code autodump:} tags say, checked. {@code docs/tags.md} explains each tag. */
@Value.Immutable
@ValueStyle
public abstract class SecretTags {
    /** Empty for a secret that isn't scheduled; it can still be dumped by hand. */
    public abstract Optional<DumpSchedule> schedule();

    @Value.Default
    public DumpSettings settings() {
        return DumpSettings.defaults();
    }

    @Value.Default
    public RetentionPolicy retention() {
        return RetentionPolicy.KEEP_ALL;
    }

    @Value.Default
    public Authentication authentication() {
        return Authentication.PASSWORD;
    }

    @Value.Default
    public JobLimits jobLimits() {
        return JobLimits.UNSET;
    }

    /**
     * Reads the tags of a secret. Tags that don't begin with {@value TagNames#PREFIX} are left alone.
     *
     * @param secretName for the message
     * @throws InvalidInputException with every problem, by tag
     */
    public static SecretTags parse(String secretName, Map<String, String> tags) {
        return new SecretTagsParser(tags).parse(secretName);
    }

    /** Whether any of a secret's tags is AutoDump's. */
    public static boolean anyIn(Map<String, String> tags) {
        return tags.keySet().stream().anyMatch(tag -> tag.startsWith(TagNames.PREFIX));
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Not thread-safe. */
    public static final class Builder extends ImmutableSecretTags.Builder {
        Builder() {}
    }
}
