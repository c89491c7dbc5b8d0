package io.autodump.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The sizes of {@code docs/architecture.md}: small packages, small classes, short methods, and no name used twice. */
class StructureTest {
    private static final int MOST_CLASSES_IN_A_PACKAGE = 20;
    private static final int LONGEST_CLASS = 300;
    private static final int LONGEST_METHOD = 40;
    private static final int MEDIAN_BELOW = 80;
    /** The front door of the library and the CDK construct: both are published under this name. */
    private static final Set<String> NAMES_USED_TWICE = Set.of("AutoDump");

    /** A method or constructor as the formatter lays it out: its head ends with a brace, its end is one alone. */
    private static final Pattern METHOD_HEAD = Pattern.compile("^( {4,8})(?:\\S.*)?\\S.*\\) ?(?:throws .*)?\\{$");

    private static final List<Path> SOURCES = sources();

    private static List<Path> sources() {
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            return modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .flatMap(StructureTest::classes)
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Stream<Path> classes(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java") && !file.endsWith("module-info.java"))
                    .toList()
                    .stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void thereAreSources() {
        assertThat(SOURCES).hasSizeGreaterThan(300);
    }

    @Test
    void aPackageHasFewClasses() {
        Map<Path, Long> sizes =
                SOURCES.stream().collect(Collectors.groupingBy(Path::getParent, TreeMap::new, Collectors.counting()));

        assertThat(sizes.entrySet())
                .as("packages with more than %d classes", MOST_CLASSES_IN_A_PACKAGE)
                .filteredOn(entry -> entry.getValue() > MOST_CLASSES_IN_A_PACKAGE)
                .isEmpty();
    }

    @Test
    void aClassIsSmall() {
        assertThat(SOURCES)
                .as("classes of more than %d lines", LONGEST_CLASS)
                .filteredOn(source -> lines(source).size() > LONGEST_CLASS)
                .isEmpty();
        List<Integer> sizes = SOURCES.stream()
                .map(source -> lines(source).size())
                .sorted(Comparator.naturalOrder())
                .toList();
        assertThat(sizes.get(sizes.size() / 2)).isLessThan(MEDIAN_BELOW);
    }

    @Test
    void aMethodIsShort() {
        assertThat(SOURCES.stream().flatMap(source -> longMethods(source).stream()))
                .as("methods of more than %d lines", LONGEST_METHOD)
                .isEmpty();
    }

    @Test
    void aSimpleNameIsUsedOnce() {
        Map<String, List<Path>> byName = SOURCES.stream()
                .collect(Collectors.groupingBy(
                        source -> source.getFileName().toString().replace(".java", "")));

        assertThat(byName.entrySet())
                .filteredOn(entry -> entry.getValue().size() > 1 && !NAMES_USED_TWICE.contains(entry.getKey()))
                .isEmpty();
    }

    private static List<String> longMethods(Path source) {
        List<String> lines = lines(source);
        List<String> found = new ArrayList<>();
        for (int start = 0; start < lines.size(); start++) {
            Matcher head = METHOD_HEAD.matcher(lines.get(start));
            if (head.matches()) {
                int end = lines.subList(start, lines.size()).indexOf(head.group(1) + "}");
                if (end > LONGEST_METHOD) {
                    found.add(source + ":" + (start + 1) + " has " + end + " lines");
                }
            }
        }
        return found;
    }

    private static List<String> lines(Path source) {
        try {
            return Files.readAllLines(source);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
