package io.autodump.aws.stepfunctions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.aws.AwsClients;
import io.autodump.aws.JsonService;
import io.autodump.aws.internal.AwsFailure;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.secret.SecretId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The log of a run's jobs in CloudWatch Logs: one stream for each attempt. Needs {@code logs:FilterLogEvents} and
 * {@code logs:GetLogEvents} on the log group. Not thread-safe.
 */
public final class DeployedLogs {
    /** The clocks of this machine and of the jobs may differ. */
    private static final Duration EARLIER = Duration.ofMinutes(10);

    private static final JsonMapper MAPPER = new JsonMapper();

    private final JsonService service;
    private final String group;
    private final String pattern;
    private final Instant since;

    /** The token of the next lines, empty for the first, by stream. The streams are in the order of their discovery. */
    private final Map<String, String> streams = new LinkedHashMap<>();

    private DeployedLogs(JsonService service, String group, String pattern, Instant since) {
        this.service = service;
        this.group = group;
        this.pattern = pattern;
        this.since = since;
    }

    /**
     * Follows the log of a run. Makes no call yet.
     *
     * @param group the name of the log group
     * @param secret the secret of the run
     * @param when the instant of the run
     */
    public static DeployedLogs create(AwsClients clients, String group, SecretId secret, Instant when) {
        return new DeployedLogs(
                clients.jsonService("logs", "Logs_20140328"),
                group,
                "{ $.secretArn = \"" + secret.value() + "\" && $.scheduledAt = \"" + when + "\" }",
                when.minus(EARLIER));
    }

    /**
     * Returns the lines that were written since the last call, by job and in their order.
     *
     * @throws AutoDumpException {@code SCHEDULER_FAILED} if the log can't be read
     */
    public List<String> next() {
        findStreams();
        List<String> lines = new ArrayList<>();
        streams.replaceAll((stream, token) -> read(stream, token, lines));
        return lines;
    }

    /** Returns whether a job of the run has written something. */
    public boolean hasBegun() {
        return !streams.isEmpty();
    }

    /** The line with which a job begins names its secret and its instant. */
    private void findStreams() {
        String token = "";
        do {
            ObjectNode request = request().put("filterPattern", pattern).put("startTime", since.toEpochMilli());
            if (!token.isEmpty()) {
                request.put("nextToken", token);
            }
            JsonNode page = call("FilterLogEvents", request);
            page.path("events")
                    .forEach(event ->
                            streams.putIfAbsent(event.path("logStreamName").asText(), ""));
            token = page.path("nextToken").asText("");
        } while (!token.isEmpty());
    }

    /** Reads to the end of the stream, where the service answers with the same token again. */
    private String read(String stream, String position, List<String> lines) {
        String from = position;
        while (true) {
            ObjectNode request = request().put("logStreamName", stream).put("startFromHead", true);
            if (!from.isEmpty()) {
                request.put("nextToken", from);
            }
            JsonNode page = call("GetLogEvents", request);
            page.path("events").forEach(event -> lines.add(event.path("message").asText()));
            String next = page.path("nextForwardToken").asText(from);
            if (next.equals(from)) {
                return next;
            }
            from = next;
        }
    }

    private ObjectNode request() {
        return MAPPER.createObjectNode().put("logGroupName", group);
    }

    private JsonNode call(String action, ObjectNode request) {
        AwsFailure failure = new AwsFailure(
                ErrorCode.SCHEDULER_FAILED, "logs:" + action, "log group " + group, "the log wasn't read");
        try {
            return MAPPER.readTree(service.call(action, request.toString()));
        } catch (SdkException failed) {
            throw failure.of(failed);
        } catch (JsonProcessingException foreign) {
            throw failure.of(SdkClientException.create("the answer isn't JSON", foreign));
        }
    }
}
