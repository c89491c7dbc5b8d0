package io.autodump.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page docs/dependencies.md has every library of the root POM and of the command. */
class DependenciesPageIT {
    private static final Pattern VERSION = Pattern.compile("<([a-z0-9.-]+\\.version)>([^<$]+)</");
    private static final Pattern JAR = Pattern.compile("([a-z0-9_.-]+?)-(\\d.*)\\.jar");

    private final List<String> page;

    DependenciesPageIT() throws IOException {
        page = Files.readAllLines(Path.of("../docs/dependencies.md"));
    }

    @Test
    void hasTheVersionOfEveryLibraryOfTheRootPom() throws IOException {
        String pom = Files.readString(Path.of("../pom.xml"));

        assertThat(VERSION.matcher(pom).results())
                .hasSizeGreaterThan(20)
                .filteredOn(version -> page.stream().noneMatch(row -> row.contains(version.group(2))))
                .extracting(version -> version.group(1) + " " + version.group(2))
                .isEmpty();
    }

    @Test
    void hasEveryJarOfTheCommandWithItsVersion() throws IOException {
        try (Stream<Path> jars = Files.list(Path.of("target/dist/lib"))) {
            List<String> libraries = jars.map(jar -> jar.getFileName().toString())
                    .filter(jar -> jar.endsWith(".jar") && !jar.startsWith("autodump-"))
                    .toList();

            assertThat(libraries).hasSizeGreaterThan(20);
            assertThat(libraries.stream().filter(jar -> !isOnThePage(jar))).isEmpty();
        }
    }

    private boolean isOnThePage(String jar) {
        Matcher name = JAR.matcher(jar);
        return name.matches()
                && page.stream()
                        .anyMatch(row -> row.contains("`" + name.group(1) + "`") && row.contains(name.group(2)));
    }
}
