package io.autodump.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses values of a configuration. An {@link IllegalArgumentException} says what is expected of an invalid one. */
final class Values {
    private static final int MOST_CONCURRENT_DUMPS = 64;
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final Pattern SIZE = Pattern.compile("(\\d{1,12}) ?(?:([KMG])iB)?");
    private static final List<String> UNITS = List.of("null", "K", "M", "G");
    private static final int BITS_PER_UNIT = 10;

    private Values() {}

    static String text(JsonNode value) {
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new IllegalArgumentException("must be text");
        }
        return value.textValue();
    }

    static Boolean truth(JsonNode value) {
        if (!value.isBoolean()) {
            throw new IllegalArgumentException("must be true or false");
        }
        return value.booleanValue();
    }

    static Duration duration(JsonNode value) {
        String text = text(value);
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative() && !duration.isZero() && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        } catch (DateTimeException unreadable) {
            // Reported below, as for a duration out of range.
        }
        throw new IllegalArgumentException(
                "\"" + text + "\" isn't an ISO-8601 duration such as PT30M, longer than zero and at most one day");
    }

    static Integer concurrentDumps(JsonNode value) {
        return number(value, MOST_CONCURRENT_DUMPS);
    }

    /** A whole number from 1 on. */
    static Integer number(JsonNode value, int most) {
        if (value.isInt() && value.intValue() >= 1 && value.intValue() <= most) {
            return value.intValue();
        }
        throw new IllegalArgumentException(value + " isn't a whole number from 1 to " + most);
    }

    static String oneOf(JsonNode value, List<String> known) {
        String text = text(value);
        if (!known.contains(text)) {
            throw new IllegalArgumentException("\"" + text + "\" isn't one of " + String.join(", ", known));
        }
        return text;
    }

    /** A number of bytes, or a size such as {@code 64 MiB}. */
    static Long bytes(JsonNode value) {
        Matcher size = SIZE.matcher(value.asText());
        if (!size.matches()) {
            throw new IllegalArgumentException("\"" + value.asText() + "\" isn't a size such as 64 MiB");
        }
        return Long.parseLong(size.group(1)) << (UNITS.indexOf(String.valueOf(size.group(2))) * BITS_PER_UNIT);
    }
}
