package io.autodump.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;

/** Parses values of a configuration. An {@link IllegalArgumentException} says what is expected of an invalid one. */
final class Values {
    private static final int MOST_CONCURRENT_DUMPS = 64;
    private static final Duration LONGEST = Duration.ofDays(1);

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
        if (value.isInt() && value.intValue() >= 1 && value.intValue() <= MOST_CONCURRENT_DUMPS) {
            return value.intValue();
        }
        throw new IllegalArgumentException(value + " isn't a whole number from 1 to " + MOST_CONCURRENT_DUMPS);
    }
}
