package io.autodump.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/api.md} against the packages: each one is on the page, or says that it isn't API. */
class ApiPageTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern PACKAGE_ON_PAGE = Pattern.compile("`(io\\.autodump\\.[a-z0-9.]+)`");
    private static final Pattern PACKAGE = Pattern.compile("^package ([a-z0-9.]+);", Pattern.MULTILINE);
    private static final Pattern EXPORTED = Pattern.compile("exports ([a-z0-9.]+);");
    private static final List<String> MODULES = List.of("core", "age", "postgres", "local", "aws");
    private static final Pattern NOT_API = Pattern.compile("Not\\s+(?:\\*\\s+)?API");

    @Test
    void everyPackageIsOnThePageOrSaysThatItIsNotApi() throws IOException {
        Set<String> api = new TreeSet<>();
        Set<String> notApi = new TreeSet<>();
        for (String text : descriptions()) {
            (NOT_API.matcher(text).find() ? notApi : api).add(packageOf(text));
        }

        assertThat(pagePackages()).isEqualTo(api).doesNotContainAnyElementsOf(notApi);
    }

    @Test
    void descriptorsExportThePackagesOnThePage() throws IOException {
        for (String module : MODULES) {
            String descriptor =
                    Files.readString(ROOT.resolve("autodump-" + module + "/src/main/java/module-info.java"));
            Set<String> exported = EXPORTED.matcher(descriptor)
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.toSet());
            String prefix = "io.autodump." + module;

            assertThat(exported)
                    .as(prefix)
                    .isEqualTo(pagePackages().stream()
                            .filter(name -> name.equals(prefix) || name.startsWith(prefix + "."))
                            .collect(Collectors.toSet()));
        }
    }

    private static Set<String> pagePackages() throws IOException {
        return PACKAGE_ON_PAGE
                .matcher(Files.readString(ROOT.resolve("docs/api.md")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String packageOf(String description) {
        return PACKAGE.matcher(description)
                .results()
                .findFirst()
                .map(found -> found.group(1))
                .orElseThrow(() -> new AssertionError("no package in: " + description));
    }

    /** The {@code package-info.java} of every published package. */
    private static List<String> descriptions() throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .filter(sources -> !sources.toString().contains("autodump-benchmark"))
                    .flatMap(ApiPageTest::read)
                    .toList();
        }
    }

    private static Stream<String> read(Path sources) {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.endsWith("package-info.java")).map(ApiPageTest::text).toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
