package io.autodump.postgres.fidelity;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads {@code parts.sql}. */
final class Parts {
    private static final Pattern BEGINNING = Pattern.compile("(?m)^--# ");
    private static final Pattern DIRECTIVE = Pattern.compile("--@ (\\w+) ?(.*)");
    private static final String WHOLE = "whole";

    private Parts() {}

    /** In the order in which they have to be made. */
    static List<Part> all() {
        try (InputStream file = Parts.class.getResourceAsStream("parts.sql")) {
            String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(BEGINNING.split(text))
                    .skip(1)
                    .filter(part -> !part.startsWith("NAME "))
                    .map(Parts::part)
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Part part(String text) {
        List<String> dumped = new ArrayList<>();
        List<String> losses = new ArrayList<>();
        StringBuilder statements = new StringBuilder();
        StringBuilder probe = new StringBuilder();
        StringBuilder current = statements;
        int since = 0;
        int before = Integer.MAX_VALUE;
        String database = WHOLE;
        boolean restorable = true;
        List<String> lines = text.lines().toList();
        for (String line : lines.subList(1, lines.size())) {
            Matcher directive = DIRECTIVE.matcher(line);
            if (!directive.matches()) {
                current.append(line).append('\n');
                continue;
            }
            String value = directive.group(2);
            switch (directive.group(1)) {
                case "since" -> since = Integer.parseInt(value);
                case "before" -> before = Integer.parseInt(value);
                case "database" -> database = value;
                case "unrestorable" -> restorable = false;
                case "dump" -> dumped.add(value);
                case "loss" -> losses.add(value);
                case "probe" -> current = probe;
                default -> throw new IllegalArgumentException(line);
            }
        }
        return new Part(
                lines.get(0),
                since,
                before,
                database,
                restorable,
                statements.toString().strip(),
                dumped,
                losses,
                probe.toString().strip());
    }
}
