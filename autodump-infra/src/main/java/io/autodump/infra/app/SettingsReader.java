package io.autodump.infra.app;

import io.autodump.infra.input.Inputs;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads settings from text, and collects every problem. */
final class SettingsReader {
    private final Map<String, ?> settings;
    private final Optional<String> defaultRegion;
    private final List<String> problems = new ArrayList<>();

    SettingsReader(Map<String, ?> settings, Optional<String> defaultRegion) {
        this.settings = settings;
        this.defaultRegion = defaultRegion;
        settings.keySet().forEach(this::checkName);
    }

    Optional<String> defaultRegion() {
        return defaultRegion;
    }

    void problem(String problem) {
        problems.add(problem);
    }

    List<String> problems() {
        return problems;
    }

    void throwIfAny() {
        Inputs.throwIfAny(problems);
    }

    /** The context also holds settings of the CDK, so an unknown name is a problem only if it resembles one of ours. */
    private void checkName(String name) {
        if (AutoDumpSettings.NAMES.contains(name)) {
            return;
        }
        AutoDumpSettings.NAMES.stream()
                .filter(known -> known.equalsIgnoreCase(name)
                        || known.equals(name + "s")
                        || name.equals(known + "s")
                        || known.equals(name + "Id")
                        || name.equals(known + "Id"))
                .findFirst()
                .ifPresent(known -> problem("\"" + name + "\"; expected the name \"" + known + "\""));
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(settings.get(name))
                .map(value -> value instanceof Collection<?> many
                        ? String.join(",", many.stream().map(String::valueOf).toList())
                        : value.toString().strip())
                .filter(value -> !value.isEmpty());
    }

    Optional<String> text(String name, Predicate<String> syntax, String expected) {
        Optional<String> given = text(name);
        given.ifPresent(value -> Inputs.require(problems, name, value, syntax, expected));
        return given;
    }

    /** Returns the text. If it is missing, adds a problem and returns an empty text. */
    String needed(String name, Predicate<String> syntax, String expected) {
        return text(name, syntax, expected).orElseGet(() -> {
            problem(name + " isn't set; expected " + expected);
            return "";
        });
    }

    /** Reads a JSON array or a comma-separated text. */
    List<String> list(String name) {
        return text(name)
                .map(value -> Arrays.stream(value.split(","))
                        .map(String::strip)
                        .filter(each -> !each.isEmpty())
                        .toList())
                .orElse(List.of());
    }

    List<String> list(String name, Predicate<String> syntax, String expected) {
        List<String> given = list(name);
        given.forEach(value -> Inputs.require(problems, name, value, syntax, expected));
        return given;
    }

    boolean flag(String name, boolean otherwise) {
        Optional<String> given = text(name);
        if (given.isPresent() && !given.get().equals("true") && !given.get().equals("false")) {
            String problem = name + " \"" + given.get() + "\"; expected true or false";
            if (!problems.contains(problem)) {
                problem(problem);
            }
        }
        return given.map(Boolean::valueOf).orElse(otherwise);
    }

    Optional<Integer> number(String name) {
        return text(name).flatMap(value -> {
            if (value.matches("\\d{1,9}")) {
                return Optional.of(Integer.valueOf(value));
            }
            problem(name + " \"" + value + "\"; expected a whole number");
            return Optional.empty();
        });
    }

    Optional<Duration> duration(String name) {
        return text(name).flatMap(value -> {
            try {
                return Optional.of(Duration.parse(value));
            } catch (DateTimeParseException notOne) {
                problem(name + " \"" + value + "\"; expected an ISO-8601 duration such as PT15M");
                return Optional.empty();
            }
        });
    }

    Optional<String> oneOf(String name, Collection<String> values) {
        Optional<String> given = text(name);
        given.filter(value -> !values.contains(value))
                .ifPresent(value -> problem(name + " \"" + value + "\"; expected "
                        + String.join(" or ", values.stream().sorted().toList())));
        return given.filter(values::contains);
    }
}
