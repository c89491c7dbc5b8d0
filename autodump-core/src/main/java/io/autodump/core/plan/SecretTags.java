package io.autodump.core.plan;

import io.autodump.core.contract.TagNames;
import io.autodump.core.database.Authentication;
import io.autodump.core.database.SourceServer;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.InvalidInputException;
import io.autodump.core.error.Problem;
import io.autodump.core.internal.ValueStyle;
import io.autodump.core.job.JobLimits;
import io.autodump.core.retention.RetentionPolicy;
import io.autodump.core.schedule.CronExpression;
import io.autodump.core.schedule.DumpSchedule;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.suspicion.SuspicionLimits;
import java.time.Duration;
import java.util.List;
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

    /** When restore drills are made, in the zone of {@link #schedule()}. Empty by default: only by hand. */
    public abstract Optional<CronExpression> drills();

    /** Whether a deployment on AWS may restore into the database of the secret. Default: false. */
    @Value.Default
    public boolean restoreTarget() {
        return false;
    }

    /** How the user authenticates. Default: {@link Authentication#PASSWORD}. */
    @Value.Default
    public Authentication authentication() {
        return Authentication.PASSWORD;
    }

    /**
     * What the secret's value lacks, by the keys of {@code docs/secrets.md}: {@code endpoint}, {@code port}, {@code
     * databasename}, {@code engine}. Default: none.
     */
    public abstract Map<String, String> connection();

    /** Which server is dumped. Default: {@link SourceServer#WRITER}. */
    @Value.Default
    public SourceServer source() {
        return SourceServer.WRITER;
    }

    /** Which databases of the server are dumped. Empty by default: the one that the secret names. */
    public abstract Optional<DatabaseSelection> databases();

    /** The deployment that dumps the database. Empty by default: the one without a name. */
    public abstract Optional<String> deployment();

    /** The size of the job on AWS. Default: {@link JobLimits#UNSET}, the deployment's size. */
    @Value.Default
    public JobLimits jobLimits() {
        return JobLimits.UNSET;
    }

    /** Whether the database is also dumped by a replica of its secret, in another region. Default: false. */
    @Value.Default
    public boolean replicas() {
        return false;
    }

    /** Whether {@code autodump:enabled} is {@code false}. A paused secret has no problems. Default: false. */
    @Value.Default
    public boolean paused() {
        return false;
    }

    /**
     * What is wrong with the tags; each tag with a problem has its default here. Default: {@link TagProblems#NONE}.
     */
    @Value.Default
    public TagProblems problems() {
        return TagProblems.NONE;
    }

    /**
     * Parses the tags of a secret, and accepts no mistake. Tags that neither begin with {@value TagNames#PREFIX} nor
     * nearly do are ignored.
     *
     * @param secretName the name for the message
     * @param tags all tags of the secret
     * @throws InvalidInputException with every problem, by tag
     */
    public static SecretTags parse(String secretName, Map<String, String> tags) {
        SecretTags parsed = new SecretTagsParser(tags).parse();
        requireNone(secretName, parsed.problems().all());
        return parsed;
    }

    /**
     * Reads the tags of a secret as a scheduled dump does: a tag that can't be read has its default and is one of
     * {@link #problems()}. A paused secret has no problems.
     *
     * @param tags all tags of the secret
     */
    public static SecretTags read(Map<String, String> tags) {
        SecretTags read = new SecretTagsParser(tags).parse();
        return read.paused() ? builder().from(read).problems(TagProblems.NONE).build() : read;
    }

    /**
     * Requires that no default of these tags dumps what the secret's owner wants to keep out of the dump.
     *
     * @param secretName the name for the message
     * @throws InvalidInputException with the problems of {@link TagProblems#protection()}, if there are any
     */
    public void requireProtection(String secretName) {
        requireNone(secretName, problems().protection());
    }

    /**
     * Returns the region that dumps instead of this secret's: the primary's, if the secret is a replica and {@code
     * autodump:replicas} doesn't ask for its dumps. Empty if this secret's runs are made.
     */
    public Optional<String> dumpedIn(TaggedSecret secret) {
        return replicas() ? Optional.empty() : secret.replicaOf();
    }

    /**
     * Returns when restore drills are made: at the times of {@link #drills()}, in the zone of {@link #schedule()} and
     * without its jitter. Empty if {@link #drills()} is empty.
     *
     * @param catchUp how old a missed drill may be and still be made
     */
    public Optional<DumpSchedule> drillSchedule(Duration catchUp) {
        return drills().map(cron -> {
            DumpSchedule.Builder times =
                    DumpSchedule.builder().cron(cron).jitter(Duration.ZERO).catchUp(catchUp);
            schedule().map(DumpSchedule::zone).ifPresent(times::zone);
            return times.build();
        });
    }

    private static void requireNone(String secretName, List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_TAGS,
                    "secret " + secretName,
                    problems,
                    "docs/tags.md describes every tag and its accepted values");
        }
    }

    /** Returns whether any of a secret's tags begins with {@value TagNames#PREFIX}, or nearly does. */
    public static boolean anyIn(Map<String, String> tags) {
        return tags.keySet().stream().anyMatch(tag -> tag.startsWith(TagNames.PREFIX) || NearMiss.isOne(tag));
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

        /** When restore drills are made. Default: only by hand. */
        public abstract Builder drills(CronExpression drills);

        /** When restore drills are made; empty, the default, for only by hand. */
        public abstract Builder drills(Optional<? extends CronExpression> drills);

        /** Whether a deployment on AWS may restore into the database of the secret. Default: false. */
        public abstract Builder restoreTarget(boolean restoreTarget);

        /** How the user proves itself to the server. Default: {@link Authentication#PASSWORD}. */
        public abstract Builder authentication(Authentication authentication);

        /** Adds something that the secret's value lacks. */
        public abstract Builder putConnection(String key, String value);

        /** Adds something that the secret's value lacks. */
        public abstract Builder putConnection(Map.Entry<String, ? extends String> entry);

        /** Replaces what the secret's value lacks. Default: none. */
        public abstract Builder connection(Map<String, ? extends String> entries);

        /** Adds what the secret's value lacks. */
        public abstract Builder putAllConnection(Map<String, ? extends String> entries);

        /** Which server is dumped. Default: {@link SourceServer#WRITER}. */
        public abstract Builder source(SourceServer source);

        /** Which databases of the server are dumped. Default: the one that the secret names. */
        public abstract Builder databases(DatabaseSelection databases);

        /** Which databases of the server are dumped; empty, the default, for the one that the secret names. */
        public abstract Builder databases(Optional<? extends DatabaseSelection> databases);

        /** The deployment that dumps the database. Default: the one without a name. */
        public abstract Builder deployment(String deployment);

        /** The deployment that dumps the database; empty, the default, for the one without a name. */
        public abstract Builder deployment(Optional<String> deployment);

        /** The size of the job on AWS. Default: {@link JobLimits#UNSET}, the deployment's size. */
        public abstract Builder jobLimits(JobLimits jobLimits);

        /** Whether the database is also dumped by a replica of its secret. Default: false. */
        public abstract Builder replicas(boolean replicas);

        /** Whether {@code autodump:enabled} is {@code false}. Default: false. */
        public abstract Builder paused(boolean paused);

        /** What is wrong with the tags. Default: {@link TagProblems#NONE}. */
        public abstract Builder problems(TagProblems problems);

        /** Builds the tags. */
        public abstract SecretTags build();
    }
}
