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
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The sizes of {@code docs/architecture.md}: small packages, small classes, short methods. */
class StructureTest {
    private static final int MOST_CLASSES_IN_A_PACKAGE = 20;
    private static final int LONGEST_CLASS = 300;
    private static final int LONGEST_METHOD = 40;
    private static final int MEDIAN_BELOW = 80;
    /** The first line of a method or constructor of a top-level class, as the formatter lays it out. */
    private static final Pattern METHOD_HEAD = Pattern.compile("    [A-Za-z<][^;=]*\\(");

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

    private static List<String> longMethods(Path source) {
        List<String> lines = lines(source);
        List<String> found = new ArrayList<>();
        for (int start = 0; start < lines.size(); start++) {
            if (METHOD_HEAD.matcher(lines.get(start)).lookingAt()) {
                int body = bodyOf(lines, start);
                int end =
                        body < 0 ? -1 : body + lines.subList(body, lines.size()).indexOf("    }");
                if (end - body > LONGEST_METHOD + 1) {
                    found.add(source + ":" + (start + 1) + " has " + (end - body - 1) + " lines");
                }
            }
        }
        return found;
    }

    /** The line at whose end the body begins; -1 if there is none. */
    private static int bodyOf(List<String> lines, int start) {
        for (int line = start; line < lines.size() && !lines.get(line).endsWith(";"); line++) {
            if (lines.get(line).endsWith("{")) {
                return line;
            }
        }
        return -1;
    }

    private static List<String> lines(Path source) {
        try {
            return Files.readAllLines(source);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
