package io.autodump.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class StderrTailTest {
    private final List<String> seen = new ArrayList<>();

    @Test
    void keepsErrorsAndDropsProgress() {
        StderrTail tail =
                read("pg_dump: reading schemas\npg_dump: error: x\n\npg_dump: reading tables\nlast, unfinished");

        assertThat(tail.lines()).containsExactly("pg_dump: error: x", "last, unfinished");
        assertThat(seen).hasSize(4);
    }

    @Test
    void keepsTheErrorHoweverMuchChatterFollows() {
        StderrTail tail = read("pg_dump: error: x\n" + "pg_dump: reading schemas\n".repeat(10_000));

        assertThat(tail.lines()).containsExactly("pg_dump: error: x");
    }

    @Test
    void cutsLinesAndKeepsTheLastOfThem() {
        StderrTail tail = read(("a".repeat(1_000_000) + "\n").repeat(20) + "b\n");

        assertThat(tail.lines())
                .hasSizeLessThan(4)
                .endsWith("b")
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(StderrTail.LONGEST_LINE));
    }

    @Test
    void appliesTheRedactionBeforeAnybodySees() {
        StderrTail tail = read("the password is geheim\n", line -> line.replace("geheim", "***"));

        assertThat(tail.lines()).containsExactly("the password is ***");
        assertThat(seen).containsExactly("the password is ***");
    }

    @Test
    void takesBytesThatAreNoUtf8() {
        StderrTail tail = read(new ByteArrayInputStream(new byte[] {'a', (byte) 0xff, '\r', '\n'}), line -> line);

        assertThat(tail.lines()).containsExactly("a\uFFFD");
    }

    private StderrTail read(String text) {
        return read(text, line -> line);
    }

    private StderrTail read(String text, UnaryOperator<String> redaction) {
        return read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), redaction);
    }

    private StderrTail read(InputStream stderr, UnaryOperator<String> redaction) {
        StderrTail tail = new StderrTail(
                stderr,
                line -> {
                    seen.add(line);
                    return line.startsWith("pg_dump: reading");
                },
                redaction);
        tail.run();
        return tail;
    }
}
