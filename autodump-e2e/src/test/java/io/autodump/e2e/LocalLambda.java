package io.autodump.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code lambda:invoke}, in the form of Step Functions' optimized integration. */
final class LocalLambda implements Integration {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Map<String, Handler> functions;
    private final AtomicInteger throttles = new AtomicInteger();
    private volatile List<String> refusals = List.of();

    /** By ARN. */
    LocalLambda(Map<String, Handler> functions) {
        this.functions = Map.copyOf(functions);
    }

    /** Text in, text out. */
    @FunctionalInterface
    interface Handler {
        String handle(String event) throws IOException;
    }

    /** The next invocations, that many, are refused. */
    void throttle(int times) {
        refuse(times, "Lambda.TooManyRequestsException");
    }

    /** The next invocations, that many, end with these errors of Lambda's, in turn. */
    void refuse(int times, String... errors) {
        refusals = List.of(errors);
        throttles.set(times);
    }

    @Override
    public JsonNode perform(JsonNode parameters) throws TaskFailure {
        StrictParameters.check(parameters, Set.of("FunctionName", "Payload"));
        Handler handler = functions.get(parameters.path("FunctionName").asText());
        if (handler == null) {
            throw new TaskFailure("Lambda.ResourceNotFoundException", "Function not found: " + parameters);
        }
        int left = throttles.getAndUpdate(before -> Math.max(0, before - 1));
        if (left > 0) {
            throw new TaskFailure(refusals.get(left % refusals.size()), "Refused.");
        }
        try {
            ObjectNode answer =
                    MAPPER.createObjectNode().put("ExecutedVersion", "$LATEST").put("StatusCode", 200);
            return answer.set(
                    "Payload",
                    MAPPER.readTree(handler.handle(parameters.path("Payload").toString())));
        } catch (IOException | RuntimeException failed) {
            ObjectNode cause = MAPPER.createObjectNode()
                    .put("errorMessage", failed.getMessage())
                    .put("errorType", failed.getClass().getName());
            cause.putArray("stackTrace");
            throw new TaskFailure(failed.getClass().getName(), cause.toString());
        }
    }
}
