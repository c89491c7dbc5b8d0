package io.autodump.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Comments fit on a line. The formatter of the code leaves Javadoc alone, and breaks a long line comment anywhere. */
class CommentsTest {
    private static final Path ROOT = Path.of("..");
    private static final int LONGEST_LINE = 120;

    /** A line that was filled, before the one that is torn. */
    private static final int FILLED_LINE = 95;

    /** Up to here, the first word of the next line would have fitted. */
    private static final int ROOM = 90;

    @Test
    void fitIn120Columns() throws IOException {
        assertThat(complaints(
                        (lines, at) -> isComment(lines.get(at)) && lines.get(at).length() > LONGEST_LINE))
                .isEmpty();
    }

    @Test
    void areNotTornByTheFormatter() throws IOException {
        assertThat(complaints(CommentsTest::isTorn)).isEmpty();
    }

    @Test
    void areFoundIfTheyAreTorn() {
        String filled = "        // " + "word ".repeat(18).strip();

        assertThat(isTorn(List.of(filled, "        // else is", "        // kept from it."), 1))
                .isTrue();
        assertThat(isTorn(List.of(filled, "        // The end.", "        // Another thought."), 1))
                .isFalse();
    }

    private interface Rule {
        boolean isBroken(List<String> lines, int at);
    }

    private static boolean isComment(String line) {
        String text = line.strip();
        return text.startsWith("*") || text.startsWith("/*") || line.contains("// ");
    }

    private static boolean isTorn(List<String> lines, int at) {
        if (at == 0 || at + 1 == lines.size() || !isLineComment(lines, at) || !isLineComment(lines, at + 1)) {
            return false;
        }
        String nextWord = lines.get(at + 1).strip().substring(2).strip().split(" ", 2)[0];
        String line = lines.get(at).stripTrailing();
        boolean wordFits = line.length() + 1 + nextWord.length() <= ROOM;
        boolean ended = line.endsWith(".") || line.endsWith(":");
        return isLineComment(lines, at - 1) && lines.get(at - 1).length() > FILLED_LINE && wordFits && !ended;
    }

    private static boolean isLineComment(List<String> lines, int at) {
        return lines.get(at).strip().startsWith("//");
    }

    private static List<String> complaints(Rule rule) throws IOException {
        List<String> complaints = new ArrayList<>();
        for (Path file : sources()) {
            List<String> lines = Files.readAllLines(file);
            for (int at = 0; at < lines.size(); at++) {
                if (rule.isBroken(lines, at)) {
                    complaints.add(ROOT.relativize(file) + ":" + (at + 1) + " "
                            + lines.get(at).strip());
                }
            }
        }
        return complaints;
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            List<Path> sources = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .toList();
            assertThat(sources).hasSizeGreaterThan(500);
            return sources;
        }
    }
}
