package io.autodump.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "1048575, 1.0 MiB",
        "1048576, 1.0 MiB",
        "5706815, 5.4 MiB",
        "9223372036854775807, 8.0 EiB"
    })
    void writesSizesInBinaryUnits(long bytes, String text) {
        assertThat(Text.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"PT0.44S, 0.4 s", "PT59.9S, 59 s", "PT3M5S, 3 min 05 s", "PT2H3M59S, 2 h 03 min", "P3DT4H, 3 d 4 h"})
    void writesDurationsInTheirTwoLargestUnits(Duration duration, String text) {
        assertThat(Text.duration(duration)).isEqualTo(text);
    }

    @Test
    void makesVisibleWhateverWouldSteerATerminal() {
        assertThat(Text.printable("a\u001b[31mb\rc\u202ed\te\nf ü 表"))
                .isEqualTo("a\\u001b[31mb\\u000dc\\u202ed\te\nf ü 表");
    }

    @Test
    void alignsColumnsByTheirWidestCell() {
        Table table = Table.create()
                .left("NAME")
                .right("SIZE")
                .left("KEY")
                .row("orders", "1 B", "a")
                .row("ü", "10 MiB", "b\nc");

        assertThat(table.lines(new Style(false)))
                .containsExactly("NAME      SIZE  KEY", "orders     1 B  a", "ü       10 MiB  b c");
    }

    @Test
    void measuresEachRowOnce() {
        Table table = Table.create().left("NAME").left("KEY");
        for (int i = 0; i < 20_000; i++) {
            table.row("orders" + i, "key");
        }

        List<String> lines = assertTimeoutPreemptively(ofSeconds(30), () -> table.lines(new Style(false)));

        assertThat(lines).hasSize(20_001).last().isEqualTo("orders19999  key");
    }

    @Test
    void ignoresAReaderThatClosesItsPipeAndNoOtherFailure() {
        PrintStream closed = new PrintStream(new PipeOutput(failing("Broken pipe")), true, UTF_8);
        PrintStream full = new PrintStream(new PipeOutput(failing("No space left on device")), true, UTF_8);
        closed.println("a line");
        full.println("a line");

        assertThat(closed.checkError()).isFalse();
        assertThat(full.checkError()).isTrue();
    }

    private static OutputStream failing(String message) {
        return new OutputStream() {
            @Override
            public void write(int oneByte) throws IOException {
                throw new IOException(message);
            }
        };
    }

    @Test
    void coloursATerminalUnlessAskedNotTo() {
        assertThat(ColorMode.AUTO.colours(true, Map.of())).isTrue();
        assertThat(ColorMode.AUTO.colours(false, Map.of())).isFalse();
        assertThat(ColorMode.AUTO.colours(true, Map.of("NO_COLOR", "1"))).isFalse();
        assertThat(ColorMode.AUTO.colours(true, Map.of("NO_COLOR", ""))).isTrue();
        assertThat(ColorMode.AUTO.colours(true, Map.of("TERM", "dumb"))).isFalse();
        assertThat(ColorMode.ALWAYS.colours(false, Map.of("NO_COLOR", "1"))).isTrue();
        assertThat(ColorMode.NEVER.colours(true, Map.of())).isFalse();
    }
}
