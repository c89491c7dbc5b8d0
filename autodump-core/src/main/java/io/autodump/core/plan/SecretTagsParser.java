package io.autodump.core.plan;

import io.autodump.core.contract.TagNames;
import io.autodump.core.database.Authentication;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.VerifyMode;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.InvalidInputException;
import io.autodump.core.error.Problem;
import io.autodump.core.internal.NearestName;
import io.autodump.core.job.JobLimits;
import io.autodump.core.retention.RetentionPolicy;
import io.autodump.core.schedule.CronExpression;
import io.autodump.core.schedule.CronSyntaxException;
import io.autodump.core.schedule.DumpSchedule;
import io.autodump.core.server.Globals;
import io.autodump.core.suspicion.SuspicionLimits;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Parses one secret's tags and collects every problem. Not thread-safe; used once. */
final class SecretTagsParser {
    private static final String DURATION = "an ISO-8601 duration such as PT30M or PT6H";
    private static final Duration LONGEST = Duration.ofDays(31);
    private static final String BLANKS = " \t\n\u000b\f\r";
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final List<String> VCPUS = List.of("0.25", "0.5", "1", "2", "4", "8", "16");
    private static final int LEAST_MEMORY_MIB = 512;
    private static final int MOST_MEMORY_MIB = 122_880;

    private final Map<String, String> tags = new TreeMap<>();
    private final List<Problem> problems = new ArrayList<>();

    SecretTagsParser(Map<String, String> all) {
        all.forEach((name, value) -> {
            if (name.startsWith(TagNames.PREFIX)) {
                tags.put(name, value.strip());
            }
        });
    }

    SecretTags parse(String secretName) {
        reportUnknownTags();
        Optional<DumpSchedule> schedule = schedule();
        DumpSettings settings = settings();
        RetentionPolicy retention =
                read(TagNames.RETENTION, RetentionPolicy::parse).orElse(RetentionPolicy.KEEP_ALL);
        SuspicionLimits suspicionLimits =
                read(TagNames.SUSPICIOUS, SuspicionLimits::parse).orElse(SuspicionLimits.DEFAULT);
        Authentication authentication = read(
                        TagNames.AUTH, text -> oneOf(text, Authentication.values(), Authentication::text))
                .orElse(Authentication.PASSWORD);
        JobLimits limits = new JobLimits(
                read(TagNames.VCPU, SecretTagsParser::vcpu),
                read(TagNames.MEMORY, text -> wholeNumber(text, LEAST_MEMORY_MIB, MOST_MEMORY_MIB, " (MiB)")));
        if (!problems.isEmpty()) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_TAGS,
                    "secret " + secretName,
                    problems,
                    "docs/tags.md describes every tag and its accepted values");
        }
        return SecretTags.builder()
                .schedule(schedule)
                .settings(settings)
                .retention(retention)
                .suspicionLimits(suspicionLimits)
                .authentication(authentication)
                .jobLimits(limits)
                .build();
    }

    private void reportUnknownTags() {
        for (String tag : tags.keySet()) {
            if (!TagNames.ALL.contains(tag)) {
                problems.add(new Problem(tag, "isn't a tag of AutoDump's" + NearestName.didYouMean(tag, TagNames.ALL)));
            }
        }
    }

    /** Parses every tag of the schedule even without a cron expression, so that all problems are reported at once. */
    private Optional<DumpSchedule> schedule() {
        Optional<CronExpression> cron = read(TagNames.START_SCHEDULE, SecretTagsParser::cron);
        DumpSchedule.Builder schedule = DumpSchedule.builder();
        read(TagNames.TIMEZONE, ZoneText::parse).ifPresent(schedule::zone);
        read(TagNames.ENABLED, SecretTagsParser::trueOrFalse).ifPresent(schedule::enabled);
        read(TagNames.JITTER, SecretTagsParser::duration).ifPresent(schedule::jitter);
        read(TagNames.CATCH_UP, SecretTagsParser::duration).ifPresent(schedule::catchUp);
        return cron.map(expression -> schedule.cron(expression).build());
    }

    private DumpSettings settings() {
        DumpSettings.Builder settings = DumpSettings.builder();
        read(TagNames.FORMAT, text -> oneOf(text, DumpFormat.values(), DumpFormat::text))
                .ifPresent(settings::format);
        read(TagNames.COMPRESSION, SecretTagsParser::compression).ifPresent(settings::compression);
        read(TagNames.JOBS, text -> wholeNumber(text, 1, DumpSettings.MAX_JOBS, ""))
                .ifPresent(settings::jobs);
        read(TagNames.EXCLUDE_TABLE_DATA, SecretTagsParser::patterns).ifPresent(settings::excludeTableData);
        read(TagNames.SCHEMAS, SecretTagsParser::patterns).ifPresent(settings::schemas);
        read(TagNames.VERIFY, text -> oneOf(text, VerifyMode.values(), VerifyMode::text))
                .ifPresent(settings::verify);
        read(TagNames.GLOBALS, text -> oneOf(text, Globals.values(), Globals::text))
                .ifPresent(settings::globals);
        read(TagNames.TIMEOUT, SecretTagsParser::timeout).ifPresent(settings::timeout);
        read(TagNames.MAX_BLOCKING, SecretTagsParser::maxBlocking).ifPresent(settings::maxBlocking);
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
        try {
            return Optional.of(reader.apply(text));
        } catch (CronSyntaxException wrong) {
            wrong.problems().forEach(problem -> problems.add(new Problem(tag, problem)));
        } catch (IllegalArgumentException wrong) {
            problems.add(new Problem(tag, String.valueOf(wrong.getMessage())));
        }
        return Optional.empty();
    }

    private static CronExpression cron(String text) {
        EventBridgeSchedule.problem(text).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        CronExpression cron = CronExpression.parse(text);
        if (cron.runsEveryMinute()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" would run every minute; name the minutes, for example 0 or -/15");
        }
        if (cron.isImpossible()) {
            throw new IllegalArgumentException("\"" + text + "\" has a date that never occurs");
        }
        return cron;
    }

    private static Boolean trueOrFalse(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("\"" + text + "\" is neither true nor false");
        };
    }

    private static Duration timeout(String text) {
        Duration timeout = duration(text);
        if (timeout.isZero()) {
            throw new IllegalArgumentException("\"" + text + "\" must be more than zero");
        }
        return timeout;
    }

    private static Duration maxBlocking(String text) {
        Duration limit = duration(text);
        if (limit.compareTo(DumpSettings.LEAST_MAX_BLOCKING) < 0) {
            throw new IllegalArgumentException("\"" + text + "\" is shorter than " + DumpSettings.LEAST_MAX_BLOCKING);
        }
        return limit;
    }

    private static Duration duration(String text) {
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative() && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        } catch (DateTimeException | ArithmeticException unreadable) {
            // Reported below, like a duration that is out of range.
        }
        throw new IllegalArgumentException(
                "\"" + text + "\" isn't " + DURATION + ", from zero to " + LONGEST.toDays() + " days");
    }

    private static Compression compression(String text) {
        return Compression.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + text + "\" isn't zstd:1 to zstd:19, gzip:1 to gzip:9, or none"));
    }

    private static String vcpu(String text) {
        if (!VCPUS.contains(text)) {
            throw new IllegalArgumentException("\"" + text + "\" isn't one of " + String.join(", ", VCPUS));
        }
        return text;
    }

    private static Integer wholeNumber(String text, int least, int most, String unit) {
        if (NUMBER.matcher(text).matches()) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new IllegalArgumentException(
                "\"" + text + "\" isn't a whole number from " + least + " to " + most + unit);
    }

    private static <T> T oneOf(String text, T[] values, Function<T, String> word) {
        List<String> words = new ArrayList<>();
        for (T value : values) {
            if (word.apply(value).equals(text)) {
                return value;
            }
            words.add(word.apply(value));
        }
        throw new IllegalArgumentException(
                "\"" + text + "\" isn't one of " + String.join(", ", words) + NearestName.didYouMean(text, words));
    }

    /** Separated by blanks; inside double quotes a blank belongs to a name. */
    private static List<String> patterns(String text) {
        if (text.chars().filter(character -> character == '"').count() % 2 != 0) {
            throw new IllegalArgumentException("\"" + text + "\" has a double quote without its partner");
        }
        List<String> patterns = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            quoted ^= i < text.length() && text.charAt(i) == '"';
            if (i == text.length() || (!quoted && BLANKS.indexOf(text.charAt(i)) >= 0)) {
                if (i > start) {
                    patterns.add(text.substring(start, i));
                }
                start = i + 1;
            }
        }
        return patterns;
    }
}
