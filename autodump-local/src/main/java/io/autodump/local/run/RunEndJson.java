package io.autodump.local.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.wire.ExecutionInputJson;
import java.io.IOException;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * An ended run's file: the run's own document, and {@code status}, {@code code}, {@code detail} and {@code endedAt}.
 */
final class RunEndJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    private RunEndJson() {}

    static String write(ScheduledRun run, RunEnd end, Instant endedAt) {
        try {
            ObjectNode node = (ObjectNode) MAPPER.readTree(ExecutionInputJson.write(run));
            node.put("status", end.status().name());
            end.code().ifPresent(code -> node.put("code", code.id()));
            node.put("detail", end.detail());
            node.put("endedAt", endedAt.toString());
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new AssertionError("our own JSON can be read and written", impossible);
        }
    }

    /** Reads the end of a run; fails with an {@link IOException} if the text isn't one. */
    static RunEnd parse(String json) throws IOException {
        if (!(MAPPER.readTree(json) instanceof ObjectNode node)) {
            throw new IOException("it isn't a JSON object");
        }
        return new RunEnd(
                status(node.path("status").asText()),
                Stream.of(ErrorCode.values())
                        .filter(code -> code.id().equals(node.path("code").asText()))
                        .findFirst(),
                node.path("detail").asText());
    }

    private static RunEnd.Status status(String text) throws IOException {
        return Stream.of(RunEnd.Status.values())
                .filter(status -> status.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new IOException("its status is unknown"));
    }
}
