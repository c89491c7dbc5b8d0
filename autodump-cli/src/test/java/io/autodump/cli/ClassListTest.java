package io.autodump.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassListTest {
    private static final int ENOUGH_PERCENT = 90;

    /** A class that isn't there any more is only left out of the archive. Too many of them make starts slower. */
    @Test
    void namesClassesThatAreThere() throws IOException {
        List<String> named = Files.readAllLines(Path.of("src/main/dist/lib/classes")).stream()
                .filter(line -> line.startsWith("io/autodump/"))
                .toList();

        long there = named.stream().filter(ClassListTest::isThere).count();

        assertThat(named).hasSizeGreaterThan(500);
        assertThat(100 * there / named.size())
                .as("percent of the classes that are there; make class-list writes the list anew")
                .isGreaterThan(ENOUGH_PERCENT);
    }

    private static boolean isThere(String name) {
        return ClassListTest.class.getClassLoader().getResource(name + ".class") != null;
    }
}
