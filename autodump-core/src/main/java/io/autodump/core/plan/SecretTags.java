package io.autodump.core.plan;

import io.autodump.core.contract.TagNames;
import io.autodump.core.database.Authentication;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.error.InvalidInputException;
import io.autodump.core.internal.ValueStyle;
import io.autodump.core.job.JobLimits;
import io.autodump.core.retention.RetentionPolicy;
import io.autodump.core.schedule.DumpSchedule;
import io.autodump.core.suspicion.SuspicionLimits;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * The parsed {@code autodump:} tags of a secret. {@code docs/tags.md} explains each tag. Immutable and thread-safe.
 */
@Value.Immutable
@ValueStyle
public abstract class SecretTags {
    SecretTags() {}

    /** When the database is dumped. Empty by default: it isn't scheduled, but can be dumped by hand. */
    public abstract Optional<DumpSchedule> schedule();

    /** How the database is dumped. Default: {@link DumpSettings#defaults()}. */
    @Value.Default
    public DumpSettings settings() {
        return DumpSettings.defaults();
    }

    /** Which dumps are kept. Default: {@link RetentionPolicy#KEEP_ALL}. */
    @Value.Default
    public RetentionPolicy retention() {
        return RetentionPolicy.KEEP_ALL;
    }

    /** How much a dump may have lost before it is suspicious. Default: {@link SuspicionLimits#DEFAULT}. */
    @Value.Default
    public SuspicionLimits suspicionLimits() {
        return SuspicionLimits.DEFAULT;
    }

    /** How the user authenticates. Default: {@link Authentication#PASSWORD}. */
    @Value.Default
    public Authentication authentication() {
        return Authentication.PASSWORD;
    }

    /** The size of the job on AWS. Default: {@link JobLimits#UNSET}, the deployment's size. */
    @Value.Default
    public JobLimits jobLimits() {
        return JobLimits.UNSET;
    }

    /**
     * Parses the tags of a secret. Tags that don't begin with {@value TagNames#PREFIX} are ignored.
     *
     * @param secretName the name for the message
     * @param tags all tags of the secret
     * @throws InvalidInputException with every problem, by tag
     */
    public static SecretTags parse(String secretName, Map<String, String> tags) {
        return new SecretTagsParser(tags).parse(secretName);
    }

    /** Returns whether any of a secret's tags begins with {@value TagNames#PREFIX}. */
    public static boolean anyIn(Map<String, String> tags) {
        return tags.keySet().stream().anyMatch(tag -> tag.startsWith(TagNames.PREFIX));
    }

    /** Starts with every default. */
    public static Builder builder() {
        return ImmutableSecretTags.builder();
    }

    /**
     * Builds {@link SecretTags}. Every value has a default. If a value is set twice, the last one counts. No argument
     * may be null. Not thread-safe.
     */
    public abstract static class Builder {
        Builder() {}

        /** Copies every value of other tags. */
        public abstract Builder from(SecretTags instance);

        /** When the database is dumped. Default: it isn't scheduled. */
        public abstract Builder schedule(DumpSchedule schedule);

        /** When the database is dumped; empty, the default, if it isn't scheduled. */
        public abstract Builder schedule(Optional<? extends DumpSchedule> schedule);

        /** How the database is dumped. Default: {@link DumpSettings#defaults()}. */
        public abstract Builder settings(DumpSettings settings);

        /** Which dumps are kept. Default: {@link RetentionPolicy#KEEP_ALL}. */
        public abstract Builder retention(RetentionPolicy retention);

        /** How much a dump may have lost before it is suspicious. Default: {@link SuspicionLimits#DEFAULT}. */
        public abstract Builder suspicionLimits(SuspicionLimits suspicionLimits);

        /** How the user proves itself to the server. Default: {@link Authentication#PASSWORD}. */
        public abstract Builder authentication(Authentication authentication);

        /** The size of the job on AWS. Default: {@link JobLimits#UNSET}, the deployment's size. */
        public abstract Builder jobLimits(JobLimits jobLimits);

        /** Builds the tags. */
        public abstract SecretTags build();
    }
}
