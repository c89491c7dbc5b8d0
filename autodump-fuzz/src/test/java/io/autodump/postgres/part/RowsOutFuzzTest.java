package io.autodump.postgres.part;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.autodump.postgres.RecordedServer;
import io.autodump.process.Watchdog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a server answers to {@code COPY … TO STDOUT} becomes rows, each a line, or a message. */
class RowsOutFuzzTest {
    private static final TablePart PART =
            new TablePart(new LargeTable(1, "public", "orders", 8192, 1, true), List.of("id", "note"), 0, 1, 1, 1);
    /** The driver waits for ever for the end of an answer that begins within another one. */
    private static final Duration STALL = Duration.ofSeconds(1);

    @FuzzTest
    void fuzz(byte[] input) throws SQLException, IOException {
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        try (Connection connection = RecordedServer.connect(0, input);
                Watchdog watchdog = new Watchdog(STALL, Optional.empty(), Thread.currentThread()::interrupt)) {
            long rows = new RowsOut(connection, PART, watchdog, bytes -> {}).writeTo(stored::write);
            assertThat(lines(stored.toByteArray())).isEqualTo(rows);
            assertThat(endsInALine(stored.toByteArray())).isTrue();
        } catch (PartFailedException refused) {
            assertThat(refused).hasMessageStartingWith("the rows of table public.orders couldn't be read: ");
        } catch (OutOfMemoryError tooLarge) {
            // A reader of parts says so.
            assertThat(stored.size()).isLessThanOrEqualTo(input.length);
        } finally {
            Thread.interrupted();
        }
    }

    private static long lines(byte[] text) {
        long lines = 0;
        for (byte character : text) {
            lines += character == '\n' ? 1 : 0;
        }
        return lines;
    }

    private static boolean endsInALine(byte[] text) {
        return text.length == 0 || text[text.length - 1] == '\n';
    }
}
