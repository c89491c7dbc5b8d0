package io.autodump.core.plan;

import io.autodump.core.contract.DeploymentName;
import io.autodump.core.contract.TagNames;
import io.autodump.core.database.Authentication;
import io.autodump.core.database.SourceServer;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.VerifyMode;
import io.autodump.core.error.Problem;
import io.autodump.core.job.JobLimits;
import io.autodump.core.retention.RetentionPolicy;
import io.autodump.core.schedule.CronExpression;
import io.autodump.core.schedule.CronSyntaxException;
import io.autodump.core.schedule.DumpSchedule;
import io.autodump.core.server.Globals;
import io.autodump.core.suspicion.SuspicionLimits;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Parses one secret's tags and collects every problem. Not thread-safe; used once. */
final class SecretTagsParser {
    private static final int LEAST_MEMORY_MIB = 512;
    private static final int MOST_MEMORY_MIB = 122_880;
    private static final int MOST_PORT = 65_535;
    private static final char NUL = '\0';

    private final Map<String, String> tags = new TreeMap<>();
    private final ProblemsByTag problems = new ProblemsByTag();

    SecretTagsParser(Map<String, String> all) {
        all.forEach((name, value) -> {
            if (name.startsWith(TagNames.PREFIX)) {
                tags.put(name, value.strip());
            } else if (NearMiss.isOne(name)) {
                problems.unknown(name, all.containsKey(TagNames.START_SCHEDULE));
            }
        });
    }

    /** Parses all tags. What can't be read has its default, and is one of the result's problems. */
    SecretTags parse() {
        reportUnknownTags();
        Optional<DumpSchedule> schedule = schedule();
        DumpSettings settings = settings();
        SecretTags.Builder parsed = SecretTags.builder()
                .schedule(schedule)
                .settings(settings)
                .paused("false".equals(tags.get(TagNames.ENABLED)));
        read(TagNames.DRILL, TagValues::cron).ifPresent(parsed::drills);
        read(TagNames.RESTORE_TARGET, TagValues::trueOrFalse).ifPresent(parsed::restoreTarget);
        read(TagNames.REPLICA, TagValues::dumpOrSkip).ifPresent(parsed::replicas);
        read(TagNames.RETENTION, RetentionPolicy::parse).ifPresent(parsed::retention);
        read(TagNames.SUSPICIOUS, SuspicionLimits::parse).ifPresent(parsed::suspicionLimits);
        read(TagNames.AUTH, text -> TagValues.oneOf(text, Authentication.values(), Authentication::text))
                .ifPresent(parsed::authentication);
        connection(parsed);
        parsed.jobLimits(new JobLimits(
                read(TagNames.VCPU, TagValues::vcpu),
                read(
                        TagNames.MEMORY,
                        text -> TagValues.wholeNumber(text, LEAST_MEMORY_MIB, MOST_MEMORY_MIB, " (MiB)"))));
        return parsed.problems(problems.all()).build();
    }

    /** What the value lacks, by its keys. A value and a tag that differ are a problem of the value. */
    private void connection(SecretTags.Builder parsed) {
        read(TagNames.ENDPOINT, TagValues::host).ifPresent(host -> parsed.putConnection("endpoint", host));
        read(TagNames.PORT, text -> TagValues.wholeNumber(text, 1, MOST_PORT, ""))
                .ifPresent(port -> parsed.putConnection("port", port.toString()));
        read(TagNames.DATABASE, Function.identity()).ifPresent(name -> parsed.putConnection("databasename", name));
        read(TagNames.ENGINE, TagValues::engine).ifPresent(engine -> parsed.putConnection("engine", engine));
        read(TagNames.SOURCE, text -> TagValues.oneOf(text, SourceServer.values(), SourceServer::text))
                .ifPresent(parsed::source);
        read(TagNames.DATABASES, DatabaseSelection::parse).ifPresent(parsed::databases);
        read(TagNames.DEPLOYMENT, DeploymentName::parse).ifPresent(parsed::deployment);
    }

    private void reportUnknownTags() {
        for (String tag : tags.keySet()) {
            if (!TagNames.ALL.contains(tag)) {
                problems.unknown(tag, tags.containsKey(TagNames.START_SCHEDULE));
            }
        }
    }

    /** Parses every tag of the schedule even without a cron expression, so that all problems are reported at once. */
    private Optional<DumpSchedule> schedule() {
        Optional<CronExpression> cron = read(TagNames.START_SCHEDULE, TagValues::cron);
        DumpSchedule.Builder schedule = DumpSchedule.builder();
        read(TagNames.TIMEZONE, ZoneText::parse).ifPresent(schedule::zone);
        read(TagNames.ENABLED, TagValues::trueOrFalse).ifPresent(schedule::enabled);
        read(TagNames.JITTER, TagValues::duration).ifPresent(schedule::jitter);
        read(TagNames.CATCH_UP, TagValues::duration).ifPresent(schedule::catchUp);
        return cron.map(expression -> schedule.cron(expression).build());
    }

    private DumpSettings settings() {
        DumpSettings.Builder settings = DumpSettings.builder();
        read(TagNames.FORMAT, text -> TagValues.oneOf(text, DumpFormat.values(), DumpFormat::text))
                .ifPresent(settings::format);
        read(TagNames.COMPRESSION, TagValues::compression).ifPresent(settings::compression);
        read(TagNames.JOBS, TagValues::jobs).ifPresent(settings::jobs);
        read(TagNames.EXCLUDE_TABLE_DATA, TagValues::patterns).ifPresent(settings::excludeTableData);
        read(TagNames.SCHEMAS, TagValues::patterns).ifPresent(settings::schemas);
        read(TagNames.VERIFY, text -> TagValues.oneOf(text, VerifyMode.values(), VerifyMode::text))
                .ifPresent(settings::verify);
        read(TagNames.ENCRYPT_TO, TagValues::recipients).ifPresent(settings::encryptTo);
        read(TagNames.GLOBALS, text -> TagValues.oneOf(text, Globals.values(), Globals::text))
                .ifPresent(settings::globals);
        read(TagNames.TIMEOUT, TagValues::timeout).ifPresent(settings::timeout);
        read(TagNames.MAX_BLOCKING, TagValues::maxBlocking).ifPresent(settings::maxBlocking);
        return settings.build();
    }

    /**
     * Returns the parsed value of a tag. Empty if the tag is absent or its value is a problem, which is then recorded.
     */
    private <T> Optional<T> read(String tag, Function<String, T> reader) {
        String text = tags.get(tag);
        if (text == null) {
            return Optional.empty();
        }
        if (text.isEmpty()) {
            problems.add(new Problem(tag, "is empty; remove the tag for its default"));
            return Optional.empty();
        }
        if (text.indexOf(NUL) >= 0) {
            problems.add(new Problem(tag, "has a NUL (U+0000), which can't be part of a name; remove it"));
            return Optional.empty();
        }
        try {
            return Optional.of(reader.apply(text));
        } catch (CronSyntaxException wrong) {
            wrong.problems().forEach(problem -> problems.add(new Problem(tag, problem)));
        } catch (IllegalArgumentException wrong) {
            problems.add(new Problem(tag, String.valueOf(wrong.getMessage())));
        }
        return Optional.empty();
    }
}
