package io.autodump.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The table in {@code docs/library.md} against the jars that the build resolved for each module. */
class LibraryCostIT {
    private static final Path ROOT = Path.of("..");
    private static final Pattern ROW = Pattern.compile("\\| `(autodump-[a-z-]+)` \\| (\\d+) \\| (\\d+\\.\\d) \\|");
    /** A line of dependency:list, without the module that may follow the file. */
    private static final Pattern DEPENDENCY = Pattern.compile("^ +\\S+:(?:compile|runtime):(\\S+\\.jar)(.*)$");

    private static final double BYTES_PER_MB = 1e6;
    private static final double TOLERANCE = 0.05;

    @TestFactory
    List<DynamicTest> theTableSaysWhatAModuleCosts() throws IOException {
        return rows().map(row -> DynamicTest.dynamicTest(row.group(1), () -> check(row)))
                .toList();
    }

    @Test
    void theTableHasEveryLibrary() throws IOException {
        assertThat(rows().map(row -> row.group(1)))
                .containsExactly(
                        "autodump-core",
                        "autodump-postgres",
                        "autodump-age",
                        "autodump-local",
                        "autodump-aws",
                        "autodump-infra",
                        "autodump-testkit",
                        "autodump-aws-testkit");
    }

    @Test
    void autodumpAwsBringsOneHttpClientAndNoClientThatIsOptional() throws IOException {
        assertThat(jars("autodump-aws").map(jar -> jar.getFileName().toString()))
                .anyMatch(name -> name.startsWith("apache5-client-"))
                .noneMatch(
                        name -> name.matches("(netty-.*|apache-client-.*|url-connection-client-.*|aws-crt-client-.*)"))
                .noneMatch(name -> name.matches("(sfn|sns|eventbridge)-.*"));
    }

    private static void check(MatchResult row) throws IOException {
        List<Path> jars = jars(row.group(1)).toList();
        double megabytes = jars.stream().mapToLong(LibraryCostIT::size).sum() / BYTES_PER_MB;
        double documented = Double.parseDouble(row.group(3));

        assertThat(jars).hasSize(Integer.parseInt(row.group(2)));
        assertThat(megabytes).isCloseTo(documented, offset(Math.max(0.1, documented * TOLERANCE)));
    }

    private static Stream<MatchResult> rows() throws IOException {
        return ROW.matcher(Files.readString(ROOT.resolve("docs/library.md"))).results();
    }

    /** The module's own jar, and every jar that isn't optional. */
    private static Stream<Path> jars(String module) throws IOException {
        Path target = ROOT.resolve(module).resolve("target");
        return Stream.concat(
                Stream.of(own(target, module)),
                Files.readAllLines(target.resolve("runtime-dependencies.txt")).stream()
                        .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", ""))
                        .map(DEPENDENCY::matcher)
                        .filter(Matcher::matches)
                        .filter(line -> !line.group(2).contains("(optional)"))
                        .map(line -> Path.of(line.group(1))));
    }

    private static Path own(Path target, String module) throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            Pattern jar = Pattern.compile(module + "-\\d[^-]*(-SNAPSHOT)?\\.jar");
            return files.filter(
                            file -> jar.matcher(file.getFileName().toString()).matches())
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no jar of " + module + " in " + target));
        }
    }

    private static long size(Path jar) {
        try {
            return Files.size(jar);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
