package io.autodump.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The commands of {@code docs/reliability.md} run tests that exist. */
class ReliabilityDocumentTest {
    private static final Path ROOT = Path.of("..");
    private static final int FEWEST_ROWS = 80;

    /** A row ends with its command: the class, its method, and the fault. */
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\|.*\\| `make chaos T=(\\w+)(?:#(\\w+))?(?: FAULT=(\\w+))?` \\|$");

    @Test
    void everyRowNamesATestThatExists() throws IOException {
        List<MatchResult> rows = ROW.matcher(Files.readString(ROOT.resolve("docs/reliability.md")))
                .results()
                .toList();

        assertThat(rows).hasSizeGreaterThanOrEqualTo(FEWEST_ROWS);
        assertThat(rows).allSatisfy(row -> {
            String source = source(row.group(1));
            Optional.ofNullable(row.group(2))
                    .ifPresent(method -> assertThat(source).containsPattern("void " + method + "\\("));
            Optional.ofNullable(row.group(3))
                    .ifPresent(fault ->
                            assertThat(source + source("CutProxy")).containsPattern("(?m)^\\s+" + fault + "\\b"));
        });
    }

    private static String source(String testClass) {
        try (Stream<Path> modules = Files.list(ROOT)) {
            Path file = modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .flatMap(ReliabilityDocumentTest::files)
                    .filter(source -> source.endsWith(testClass + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("there is no test " + testClass));
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.toList().stream();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
