package io.autodump.core.plan;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import io.autodump.core.database.HostName;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.encryption.Recipient;
import io.autodump.core.internal.NearestName;
import io.autodump.core.schedule.CronExpression;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Parses the values of tags. Each method throws an {@link IllegalArgumentException} whose message is the problem. */
final class TagValues {
    private static final String DURATION = "an ISO-8601 duration such as PT30M or PT6H";
    private static final Duration LONGEST = Duration.ofDays(31);
    private static final String BLANKS = " \t\n\u000b\f\r";
    private static final Pattern ENGINE = Pattern.compile("[a-z0-9][a-z0-9-]*");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final List<String> VCPUS = List.of("0.25", "0.5", "1", "2", "4", "8", "16");

    private TagValues() {}

    static CronExpression cron(String text) {
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

    static Boolean dumpOrSkip(String text) {
        return oneOf(text, new Boolean[] {true, false}, value -> value ? "dump" : "skip");
    }

    static Boolean trueOrFalse(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("\"" + text + "\" is neither true nor false");
        };
    }

    /** Empty for {@code auto}. */
    static Optional<Integer> jobs(String text) {
        return text.equals("auto")
                ? Optional.empty()
                : Optional.of(wholeNumber(text, 1, DumpSettings.MAX_JOBS, " or auto"));
    }

    static Duration timeout(String text) {
        Duration timeout = duration(text);
        if (timeout.isZero()) {
            throw new IllegalArgumentException("\"" + text + "\" must be more than zero");
        }
        return timeout;
    }

    static Duration maxBlocking(String text) {
        Duration limit = duration(text);
        if (limit.compareTo(DumpSettings.LEAST_MAX_BLOCKING) < 0) {
            throw new IllegalArgumentException("\"" + text + "\" is shorter than " + DumpSettings.LEAST_MAX_BLOCKING);
        }
        return limit;
    }

    static Duration duration(String text) {
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

    static Compression compression(String text) {
        return Compression.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + text + "\" isn't zstd:1 to zstd:19, gzip:1 to gzip:9, or none"));
    }

    static String vcpu(String text) {
        if (!VCPUS.contains(text)) {
            throw new IllegalArgumentException("\"" + text + "\" isn't one of " + String.join(", ", VCPUS));
        }
        return text;
    }

    static Integer wholeNumber(String text, int least, int most, String unit) {
        if (NUMBER.matcher(text).matches()) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new IllegalArgumentException(
                "\"" + text + "\" isn't a whole number from " + least + " to " + most + unit);
    }

    static String host(String text) {
        HostName.problem(text).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        return text;
    }

    static String engine(String text) {
        if (!ENGINE.matcher(text).matches()) {
            throw new IllegalArgumentException("must be of lower-case letters, digits and hyphens");
        }
        return text;
    }

    static <T> T oneOf(String text, T[] values, Function<T, String> word) {
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

    /** Separated by blanks. */
    static List<Recipient> recipients(String text) {
        return Recipient.parseAll(
                Splitter.on(CharMatcher.anyOf(BLANKS)).omitEmptyStrings().splitToList(text));
    }

    /** Separated by blanks; inside double quotes a blank belongs to a name. */
    static List<String> patterns(String text) {
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
