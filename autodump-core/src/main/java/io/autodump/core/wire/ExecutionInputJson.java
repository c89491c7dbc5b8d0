package io.autodump.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.InvalidInputException;
import io.autodump.core.error.Problem;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.plan.TagsHash;
import io.autodump.core.secret.SecretId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads and writes the input of a waiting execution, {@code {"resourceId": …, "tagsHash": …, "when": …}}, as in the
 * original system.
 */
public final class ExecutionInputJson {
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("+10000-01-01T00:00:00Z");

    private ExecutionInputJson() {}

    public static String write(ScheduledRun run) {
        return Json.pretty(node(run));
    }

    /**
     * As {@link #write(ScheduledRun)}, with a fourth field {@code startToken}, which no program reads. It makes
     * the inputs of two starts of the same run differ, so that Step Functions can tell a second start from a
     * repeated request.
     */
    public static String write(ScheduledRun run, String startToken) {
        return Json.pretty(node(run).put("startToken", startToken));
    }

    private static ObjectNode node(ScheduledRun run) {
        return Json.object()
                .put("resourceId", run.secretId().value())
                .put("tagsHash", run.tagsHash().value())
                .put("when", run.when().toString());
    }

    /**
     * Parses the input of an execution.
     *
     * @param subject the origin of the text, for the message
     * @param secretName returns the name of a secret, which the input doesn't contain
     * @throws io.autodump.core.error.AutoDumpException {@code INVALID_DOCUMENT} with every problem, by field
     */
    public static ScheduledRun parse(String subject, String json, Function<SecretId, String> secretName) {
        String hint = "it holds resourceId, tagsHash and when, for example"
                + " {\"resourceId\": \"orders\", \"tagsHash\": \"V2…\", \"when\": \"2026-11-22T08:00:00Z\"}";
        ObjectNode node = Json.parse(ErrorCode.INVALID_DOCUMENT, subject, json, hint);
        List<Problem> problems = new ArrayList<>();
        Optional<SecretId> id = field(node, "resourceId", SecretId::of, problems);
        Optional<TagsHash> hash = field(node, "tagsHash", TagsHash::new, problems);
        Optional<Instant> when = field(node, "when", ExecutionInputJson::instant, problems);
        if (!problems.isEmpty()) {
            throw new InvalidInputException(ErrorCode.INVALID_DOCUMENT, subject, problems, hint);
        }
        return ScheduledRun.builder()
                .secretId(id.orElseThrow())
                .secretName(secretName.apply(id.orElseThrow()))
                .tagsHash(hash.orElseThrow())
                .when(when.orElseThrow())
                .build();
    }

    /** Names of executions and keys of dumps have years of four digits. */
    private static Instant instant(String text) {
        Instant instant = Instant.parse(text);
        if (instant.isBefore(EARLIEST) || !instant.isBefore(LATEST)) {
            throw new IllegalArgumentException("must be in the years 0000 to 9999");
        }
        return instant;
    }

    private static <T> Optional<T> field(
            ObjectNode node, String name, Function<String, T> reader, List<Problem> problems) {
        JsonNode value = node.get(name);
        if (value == null || !value.isTextual()) {
            problems.add(new Problem(name, "must be a JSON string"));
            return Optional.empty();
        }
        try {
            return Optional.of(reader.apply(value.textValue()));
        } catch (IllegalArgumentException | DateTimeException wrong) {
            problems.add(new Problem(name, String.valueOf(wrong.getMessage())));
            return Optional.empty();
        }
    }
}
