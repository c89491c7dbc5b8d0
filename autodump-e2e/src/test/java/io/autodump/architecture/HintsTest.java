package io.autodump.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The libraries name remedies; only the command names its subcommands, its options and its file. What the command and
 * the job of a restore on AWS both say is in the contract that they share.
 */
class HintsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> LIBRARIES = List.of("core", "age", "process", "postgres", "local", "aws");
    private static final String SHARED = "core/contract/RestoreWords.java";
    private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\\n]|\\\\.)*\"");

    /** "autodump restore" isn't here: sessions have that name. */
    private static final Pattern WORDS_OF_THE_COMMAND = Pattern.compile(
            "autodump (?:list|plan|run|dump|verify|doctor)\\b"
                    + "|autodump\\.yaml|: FOLDER|: \\[FOLDER|(?:^|[ (\"])--(?:create|no-owner|into-\\S+|locale|jobs|store|secrets)\\b(?!=)");

    /** The summary of a code, and an option of {@code pg_restore}. */
    private static final List<String> ALLOWED = List.of("autodump.yaml can't be used", "\"--no-owner\"");

    @Test
    void noLibraryNamesTheCommand() throws IOException {
        List<String> found = new ArrayList<>();
        for (String library : LIBRARIES) {
            try (Stream<Path> files = Files.walk(ROOT.resolve("autodump-" + library + "/src/main/java"))) {
                for (Path file : files.filter(HintsTest::isOfALibrary).toList()) {
                    texts(Files.readString(file)).forEach(text -> found.add(ROOT.relativize(file) + ": " + text));
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void seesACommand() {
        assertThat(texts("throw new X(\"look with autodump list\", \"add --create\", \"set \\\"store: FOLDER\\\"\");"))
                .hasSize(3);
        assertThat(texts("command.add(\"--create=\" + x); // autodump list")).isEmpty();
    }

    private static boolean isOfALibrary(Path file) {
        return file.toString().endsWith(".java") && !file.endsWith(SHARED);
    }

    private static List<String> texts(String source) {
        return TEXT.matcher(source)
                .results()
                .map(MatchResult::group)
                .filter(text -> WORDS_OF_THE_COMMAND.matcher(text).find())
                .filter(text -> ALLOWED.stream().noneMatch(text::contains))
                .toList();
    }
}
