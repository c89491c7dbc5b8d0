package io.autodump.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every link from a document of this repository to another file, or to a heading, has its target. */
class DocumentLinksTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("(?<!`)\\]\\(([^)\\s]+)\\)|(?:src|srcset|href)=\"([^\"]+)\"");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");
    private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern CODE = Pattern.compile("`[^`\n]*`");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.*)$");
    private static final Pattern NOT_IN_ANCHORS = Pattern.compile("[^\\p{L}\\p{N}_ -]");

    private final Map<Path, Set<String>> anchors = new HashMap<>();

    @Test
    void everyLinkHasItsTarget() throws IOException {
        List<Path> documents = documents();

        assertThat(documents).hasSizeGreaterThan(20);
        assertThat(documents.stream().flatMap(this::broken)).isEmpty();
    }

    @Test
    void aMissingFileAndAMissingHeadingAreFound(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("page.md");
        Files.writeString(
                page,
                "# What `it` does, and how?\n[a](absent.md) [b](page.md#what-it-does-and-how) [c](#nothing)"
                        + " [d](https://example.com/x) `[e](absent)`\n");

        assertThat(broken(page)).containsExactly(page + ": absent.md", page + ": #nothing");
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".md"))
                    .filter(file -> Stream.of("target", "node_modules", ".git", "work")
                            .noneMatch(name -> ROOT.relativize(file).startsWith(name)
                                    || ROOT.relativize(file).toString().contains("/" + name + "/")))
                    .sorted()
                    .toList();
        }
    }

    private Stream<String> broken(Path document) {
        List<String> broken = new ArrayList<>();
        Matcher link = LINK.matcher(CODE.matcher(prose(document)).replaceAll("``"));
        while (link.find()) {
            String target = link.group(1) == null ? link.group(2) : link.group(1);
            if (!ELSEWHERE.matcher(target).matches() && !exists(document, target)) {
                broken.add(document + ": " + target);
            }
        }
        return broken.stream();
    }

    private boolean exists(Path document, String target) {
        String[] parts = target.split("#", 2);
        Path file = parts[0].isEmpty()
                ? document
                : document.resolveSibling(parts[0]).normalize();
        return Files.exists(file) && (parts.length == 1 || anchorsOf(file).contains(parts[1]));
    }

    private Set<String> anchorsOf(Path file) {
        return anchors.computeIfAbsent(file, DocumentLinksTest::readAnchors);
    }

    /** As GitHub makes them: small letters, spaces as hyphens, a number behind the second of the same name. */
    private static Set<String> readAnchors(Path file) {
        Set<String> found = new HashSet<>();
        Matcher heading = HEADING.matcher(prose(file));
        while (heading.find()) {
            String name = NOT_IN_ANCHORS
                    .matcher(heading.group(1).strip().toLowerCase(Locale.ROOT))
                    .replaceAll("")
                    .replace(' ', '-');
            String unique = name;
            for (int number = 1; !found.add(unique); number++) {
                unique = name + "-" + number;
            }
        }
        return found;
    }

    private static String prose(Path file) {
        try {
            return FENCE.matcher(Files.readString(file)).replaceAll("");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
