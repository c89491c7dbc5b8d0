package io.autodump.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.port.DumpProgress.Pass;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final String CLEAR = "\r\u001b[K";
    private static final long MEBI = 1 << 20;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(written, true, StandardCharsets.UTF_8);
    private long now = 5_000_000_000L;

    @Test
    void drawsBytesRateTimeAndTable() {
        try (ProgressDisplay bar = new ProgressBar(err, 100, "orders", () -> now)) {
            bar.expect(4 * MEBI, true);
            pass(Duration.ofSeconds(2));
            bar.table("public.line_item");
            pass(Duration.ofSeconds(2));
            bar.bytes(2 * MEBI);
        }

        assertThat(drawn())
                .contains("orders [############------------] 2.0 MiB of 4.0 MiB  498.3 KiB/s  0:04  public.line_item");
    }

    @Test
    void drawsAtMostTenTimesASecond() {
        try (ProgressDisplay bar = new ProgressBar(err, 100, "orders", () -> now)) {
            for (int i = 0; i < 1_000; i++) {
                pass(Duration.ofMillis(1));
                bar.bytes(i);
            }
        }

        assertThat(drawn().stream().filter(line -> !line.isEmpty())).hasSizeBetween(9, 11);
    }

    @Test
    void leavesAnEmptyLineBehindAndDrawsNoMore() {
        ProgressDisplay bar = new ProgressBar(err, 100, "orders", () -> now);
        bar.bytes(1);
        bar.close();
        pass(Duration.ofSeconds(1));
        bar.bytes(2);
        bar.close();

        assertThat(text()).endsWith(CLEAR).doesNotContain("2 B");
    }

    @Test
    void neverFillsTheBarOnAGuess() {
        try (ProgressDisplay bar = new ProgressBar(err, 100, "orders", () -> now)) {
            bar.expect(MEBI, false);
            bar.bytes(5 * MEBI);
        }

        assertThat(text()).contains("#-] 5.0 MiB  ");
    }

    @Test
    void keepsToOneLineAndToPrintableNames() {
        try (ProgressDisplay bar = new ProgressBar(err, 40, "orders", () -> now)) {
            bar.table("public.\u001b[2Jevil\nname" + "x".repeat(100));
        }

        assertThat(text()).doesNotContain("\u001b[2J").doesNotContain("\n");
        assertThat(drawn()).allSatisfy(line -> assertThat(line.length()).isLessThan(40));
    }

    @Test
    void writesALineEveryTenSecondsWhereThereIsNoTerminal() {
        try (ProgressDisplay lines = new ProgressLines(err, "orders", () -> now)) {
            lines.expect(4 * MEBI, true);
            for (int i = 1; i <= 25; i++) {
                pass(Duration.ofSeconds(1));
                lines.bytes(i * 100_000L);
            }
        }

        assertThat(text().lines())
                .containsExactly(
                        "orders: 976.6 KiB of 4.0 MiB, 97.7 KiB/s, 10 s",
                        "orders: 1.9 MiB of 4.0 MiB, 97.7 KiB/s, 20 s");
    }

    @Test
    void startsAgainWithEachPass() {
        try (ProgressDisplay bar = new ProgressBar(err, 100, "restore", () -> now);
                ProgressDisplay lines = new ProgressLines(err, "restore", () -> now)) {
            for (ProgressDisplay display : List.of(bar, lines)) {
                display.expect(4 * MEBI, true);
                display.begin(Pass.VERIFICATION);
                pass(Duration.ofSeconds(10));
                display.bytes(4 * MEBI);
                display.begin(Pass.RESTORE);
                pass(Duration.ofSeconds(10));
                display.bytes(MEBI);
            }
        }

        assertThat(text())
                .contains("verify [########################] 4.0 MiB of 4.0 MiB  409.6 KiB/s  0:10")
                .contains("restore [######------------------] 1.0 MiB of 4.0 MiB  102.4 KiB/s  0:10")
                .contains("verify: 4.0 MiB of 4.0 MiB, 409.6 KiB/s, 10 s")
                .contains("restore: 1.0 MiB of 4.0 MiB, 102.4 KiB/s, 10 s");
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private List<String> drawn() {
        return List.of(text().split(Pattern.quote(CLEAR), -1));
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
