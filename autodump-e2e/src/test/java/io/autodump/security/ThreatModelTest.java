package io.autodump.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every line of the threat model names tests that exist. */
class ThreatModelTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))(?:\\.(\\w+))?`");

    @Test
    void everyNamedTestExists() throws IOException {
        Map<String, String> sources = sources();
        List<MatchResult> named = NAMED.matcher(threats()).results().toList();
        assertThat(named).hasSizeGreaterThan(40).allSatisfy(test -> {
            assertThat(sources).containsKey(test.group(1));
            if (test.group(2) != null) {
                assertThat(sources.get(test.group(1))).as(test.group()).contains("void " + test.group(2) + "(");
            }
        });
    }

    @Test
    void everyLineNamesATestOrSaysThatNoneDoes() throws IOException {
        List<String> rows = threats()
                .lines()
                .filter(line -> line.startsWith("| ") && !line.endsWith("| test |"))
                .toList();
        assertThat(rows)
                .hasSizeGreaterThan(40)
                .allSatisfy(row -> assertThat(NAMED.matcher(row).find() || row.endsWith("| None |"))
                        .as(row)
                        .isTrue());
    }

    private static String threats() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/security.md"));
        return page.substring(page.indexOf("## Threats"), page.indexOf("## Object Lock"));
    }

    private static Map<String, String> sources() throws IOException {
        try (Stream<Path> files = Files.find(
                ROOT, 12, (file, attributes) -> file.toString().matches(".*/src/test/java/.*(Test|IT)\\.java"))) {
            return files.collect(Collectors.toMap(
                    file -> file.getFileName().toString().replace(".java", ""),
                    ThreatModelTest::read,
                    (one, other) -> one + other));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
