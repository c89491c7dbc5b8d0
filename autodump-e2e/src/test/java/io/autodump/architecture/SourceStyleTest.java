package io.autodump.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the formatter doesn't see to: comments fit on the line, and none is left with a word torn off. */
class SourceStyleTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int COLUMNS = 120;

    @Test
    void noCommentIsLongerThanALine() throws IOException {
        assertThat(problems(Comments::longLines)).isEmpty();
    }

    @Test
    void noCommentIsTorn() throws IOException {
        assertThat(problems(Comments::tornLines)).isEmpty();
    }

    @Test
    void seesALongComment() {
        assertThat(new Comments(List.of("int a; // " + "x".repeat(COLUMNS))).longLines())
                .containsExactly(0);
        assertThat(new Comments(List.of("/** " + "x".repeat(COLUMNS) + " */")).longLines())
                .containsExactly(0);
        assertThat(new Comments(List.of("String url = \"https://" + "x".repeat(COLUMNS) + "\";")).longLines())
                .isEmpty();
    }

    @Test
    void seesAWordThatTheFormatterHasTornOff() {
        assertThat(new Comments(List.of("// A sentence that was too", "// long", "// for its line.")).tornLines())
                .containsExactly(1);
        assertThat(new Comments(List.of("/**", " * A sentence that was too", " * long.", " */")).tornLines())
                .containsExactly(2);
    }

    @Test
    void takesAShortSentenceAndCodeForWhatTheyAre() {
        assertThat(new Comments(List.of("/**", " * Reads a file.", " * Thread-safe.", " */")).tornLines())
                .isEmpty();
        assertThat(new Comments(List.of("/**", " * <pre>{@code", " * one", " * two", " * }</pre>", " */")).tornLines())
                .isEmpty();
    }

    private interface Rule {
        List<Integer> linesAgainst(Comments comments);
    }

    private static List<String> problems(Rule rule) throws IOException {
        List<String> problems = new ArrayList<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file : files.filter(SourceStyleTest::isSource).sorted().toList()) {
                List<String> lines = Files.readAllLines(file);
                rule.linesAgainst(new Comments(lines))
                        .forEach(line -> problems.add(ROOT.relativize(file) + ":" + (line + 1) + " "
                                + lines.get(line).strip()));
            }
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
        return problems;
    }

    private static boolean isSource(Path file) {
        String path = ROOT.relativize(file).toString().replace('\\', '/');
        return path.endsWith(".java") && path.contains("src/") && !path.contains("target/");
    }

    /** The lines of a file, and which of them are comments. */
    private record Comments(List<String> lines) {
        List<Integer> longLines() {
            return where(line -> lines.get(line).length() > COLUMNS && hasComment(lines.get(line)));
        }

        /** A line with one word that goes on with the sentence of the line before. */
        List<Integer> tornLines() {
            return where(line -> line > 0
                    && isTorn(lines.get(line - 1).strip(), lines.get(line).strip(), line));
        }

        private boolean isTorn(String before, String text, int line) {
            boolean lineComment = text.startsWith("// ") && before.startsWith("// ");
            boolean blockComment = text.startsWith("* ") && before.matches("(/\\*)?\\*+ .*");
            return (lineComment || blockComment)
                    && !text.substring(2).strip().contains(" ")
                    && !before.endsWith(".")
                    && !text.matches(".*[<>@{].*")
                    && !isInCode(line);
        }

        /** Whether a block of code that began in a line before hasn't ended yet. */
        private boolean isInCode(int line) {
            for (int i = line; i >= 0 && !lines.get(i).contains("/**"); i--) {
                if (lines.get(i).contains("</pre>")) {
                    return false;
                }
                if (lines.get(i).contains("<pre>")) {
                    return true;
                }
            }
            return false;
        }

        private static boolean hasComment(String line) {
            String text = line.strip();
            return text.startsWith("*")
                    || text.startsWith("/*")
                    || text.replaceAll("\"([^\"\\\\]|\\\\.)*\"", "").contains("//");
        }

        private List<Integer> where(java.util.function.IntPredicate condition) {
            return IntStream.range(0, lines.size()).filter(condition).boxed().toList();
        }
    }
}
