package io.autodump.core.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Parses an expression into the values of its five fields. */
final class CronParser {

    /**
     * The longest text, in characters. Several times as long as any tag value and any
     * {@link FieldValues#canonical()} text.
     */
    private static final int LONGEST_TEXT = 1_000;

    private static final Pattern WHITE_SPACE = Pattern.compile("[\\s\\p{Z}]+");

    private CronParser() {}

    static CronFields parse(String text) {
        if (text.length() > LONGEST_TEXT) {
            throw problem("the cron expression has %d characters, more than %d".formatted(text.length(), LONGEST_TEXT));
        }
        String folded = WHITE_SPACE.matcher(text).replaceAll(" ").strip();
        return fields(folded.startsWith("@") ? macro(folded) : folded);
    }

    private static String macro(String name) {
        return CronMacros.expand(name).orElseThrow(() -> {
            Optional<String> nearest = CronMacros.nearest(name);
            return problem("the macro %s is not known%s There are %s"
                    .formatted(
                            Quoted.of(name),
                            nearest.map(known -> ", did you mean " + known + "?")
                                    .orElse("."),
                            CronMacros.known()));
        });
    }

    private static CronFields fields(String text) {
        List<String> tokens = text.isEmpty() ? List.of() : List.of(text.split(" "));
        CronField[] fields = CronField.values();
        if (tokens.size() != fields.length) {
            throw problem("the cron expression %s has %d %s, not the five: %s"
                    .formatted(
                            Quoted.of(text),
                            tokens.size(),
                            tokens.size() == 1 ? "field" : "fields",
                            Arrays.stream(fields).map(CronField::label).collect(Collectors.joining(", "))));
        }
        List<String> problems = new ArrayList<>();
        List<FieldValues> values = new ArrayList<>();
        for (int place = 0; place < fields.length; place++) {
            values.add(new CronFieldParser(fields[place], problems).parse(tokens.get(place)));
        }
        if (!problems.isEmpty()) {
            throw new CronSyntaxException(problems);
        }
        return new CronFields(values.get(0), values.get(1), values.get(2), values.get(3), values.get(4));
    }

    private static CronSyntaxException problem(String problem) {
        return new CronSyntaxException(List.of(problem));
    }
}
