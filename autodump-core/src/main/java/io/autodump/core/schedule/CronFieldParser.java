package io.autodump.core.schedule;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses one field, which is a list of entries, and adds what is wrong with it to the problems. */
final class CronFieldParser {

    /** Separates entries. AWS doesn't allow a comma in a tag, so a colon means the same. */
    private static final Pattern SEPARATOR = Pattern.compile("[,:]");

    /**
     * One entry. AWS doesn't allow {@code *} in a tag, so {@code -} with nothing before it means the same; elsewhere
     * it joins a range.
     */
    private static final Pattern ENTRY =
            Pattern.compile("(?:(?<star>[*-])|(?<from>[^*/-]+)(?:-(?<to>[^*/-]+))?)(?:/(?<step>[^/]*))?");

    private final CronField field;
    private final List<String> problems;
    private long bits;
    private boolean star;

    CronFieldParser(CronField field, List<String> problems) {
        this.field = field;
        this.problems = problems;
    }

    /** Returns the values of the field. They are valid only if no problem was added. */
    FieldValues parse(String text) {
        List<String> entries = List.of(SEPARATOR.split(text, -1));
        if (entries.contains("")) {
            problem("%s has an entry with nothing in it".formatted(Quoted.of(text)));
        }
        for (String entry : entries) {
            Matcher parts = ENTRY.matcher(entry);
            if (parts.matches()) {
                entry(parts);
            } else if (!entry.isEmpty()) {
                problem("%s is not *, a value in %s, a range of values, or * or a range with a step such as */2"
                        .formatted(Quoted.of(entry), field.allowed()));
            }
        }
        return new FieldValues(field, bits, star);
    }

    private void entry(Matcher parts) {
        String entry = parts.group();
        OptionalInt step = step(parts.group("step"), entry);
        if (parts.group("star") != null) {
            step.ifPresent(every -> {
                add(field.min(), field.max(), every);
                star |= every == 1;
            });
            return;
        }
        OptionalInt from = value(parts.group("from"), entry);
        OptionalInt to = parts.group("to") == null ? from : value(parts.group("to"), entry);
        if (from.isEmpty() || to.isEmpty() || step.isEmpty()) {
            return;
        }
        if (parts.group("to") == null && parts.group("step") != null) {
            problem("%1$s has a step but no range: write %2$s-%3$d/%4$d, or %2$s alone"
                    .formatted(Quoted.of(entry), parts.group("from"), field.max(), step.getAsInt()));
            return;
        }
        add(from.getAsInt(), to.getAsInt(), step.getAsInt());
    }

    /** Adds a range. A range whose end is below its start wraps, as in {@code FRI-MON}. */
    private void add(int from, int to, int step) {
        int last = to < from ? to + field.size() : to;
        for (int value = from; value <= last; value += step) {
            bits |= 1L << field.wrap(value);
        }
    }

    private OptionalInt value(String token, String entry) {
        OptionalInt value = field.read(token);
        if (value.isEmpty()) {
            problem("%s is not in %s".formatted(quotedIn(entry, token), field.allowed()));
        }
        return value;
    }

    private OptionalInt step(@Nullable String token, String entry) {
        if (token == null) {
            return OptionalInt.of(1);
        }
        OptionalInt step = Digits.parse(token);
        if (step.isPresent() && step.getAsInt() >= 1 && step.getAsInt() <= field.size()) {
            return step;
        }
        problem("the step %s is not in 1-%d".formatted(quotedIn(entry, token), field.size()));
        return OptionalInt.empty();
    }

    private static String quotedIn(String entry, String token) {
        return token.equals(entry) ? Quoted.of(token) : Quoted.of(token) + " of " + Quoted.of(entry);
    }

    private void problem(String problem) {
        problems.add(field.label() + ": " + problem);
    }
}
