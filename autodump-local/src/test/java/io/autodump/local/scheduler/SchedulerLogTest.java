package io.autodump.local.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SchedulerLogTest {
    private static final LogEntry ENTRY = new LogEntry(
            Instant.parse("2026-11-22T08:00:00Z"), LogEntry.Level.ERROR, "orders", "failed", "AD-3021 …\nHINT: grant");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void writesALineForPeopleAndIndentsWhatFollows() {
        SchedulerLog.text(out).write(ENTRY);

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("2026-11-22T08:00:00Z ERROR   orders: AD-3021 …", "    HINT: grant");
    }

    @Test
    void writesOneJsonObjectALine() throws IOException {
        SchedulerLog.json(out).write(ENTRY);

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
        JsonNode node = new JsonMapper().readTree(bytes.toByteArray());
        assertThat(node.path("at").asText()).isEqualTo("2026-11-22T08:00:00Z");
        assertThat(node.path("level").asText()).isEqualTo("ERROR");
        assertThat(node.path("secret").asText()).isEqualTo("orders");
        assertThat(node.path("event").asText()).isEqualTo("failed");
        assertThat(node.path("text").asText()).isEqualTo(ENTRY.text());
    }

    @Test
    void namesNoSecretWhereThereIsNone() throws IOException {
        SchedulerLog.json(out).write(new LogEntry(ENTRY.at(), LogEntry.Level.INFO, "", "daemon", "stopped"));

        assertThat(new JsonMapper().readTree(bytes.toByteArray()).has("secret")).isFalse();
    }
}
