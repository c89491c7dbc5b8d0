package io.autodump.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.aws.log.EmbeddedMetrics;
import io.autodump.aws.log.JsonLog;
import io.autodump.core.usecase.schedule.RunDecision;
import io.autodump.core.usecase.schedule.SecretOutcome;
import io.autodump.core.usecase.status.SecretFreshness;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The log of one invocation: each line names the function and the request. Never given a secret's value. */
public final class FunctionLog {
    private final JsonLog log;

    FunctionLog(PrintStream out, InstantSource clock, String function, String requestId) {
        Map<String, String> context = new LinkedHashMap<>();
        context.put("function", function);
        context.put("requestId", requestId);
        log = new JsonLog(out, clock, context);
    }

    /** Writes a line. */
    public void info(String message) {
        log.write(log.info(message));
    }

    /** Writes a line about something that failed. */
    public void error(String message) {
        log.write(log.error(message));
    }

    void outcome(SecretOutcome outcome) {
        String message = "secret " + ScanResultJson.word(outcome.status());
        ObjectNode line = outcome.isTrouble() ? log.error(message) : log.info(message);
        line.setAll(ScanResultJson.node(outcome));
        log.write(line);
    }

    void decision(RunDecision decision) {
        log.write(log.info(decision.reason())
                .put("secretArn", decision.secret().id().value())
                .put("execute", decision instanceof RunDecision.Make));
    }

    /** Logs a secret that needs attention; the metrics cover the others. */
    void freshness(SecretFreshness secret) {
        if (FreshnessJson.isNoteworthy(secret)) {
            ObjectNode line = log.error("dump " + FreshnessJson.word(secret.status()));
            line.setAll(FreshnessJson.node(secret));
            log.write(line);
        }
    }

    /**
     * Writes metrics of one unit.
     *
     * @param dimensions names and values of the dimensions; may be empty
     * @param values at most 100
     */
    void metrics(Map<String, String> dimensions, String unit, Map<String, ? extends Number> values) {
        ObjectNode line = log.info("metrics");
        dimensions.forEach(line::put);
        EmbeddedMetrics metrics =
                EmbeddedMetrics.in(line, log.clock().instant(), List.of(List.copyOf(dimensions.keySet())));
        values.forEach((name, value) -> metrics.put(name, unit, value.longValue()));
        log.write(line);
    }
}
