package io.autodump.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.core.contract.MetricNames;
import io.autodump.core.usecase.schedule.RunDecision;
import io.autodump.core.usecase.schedule.SecretOutcome;
import io.autodump.core.usecase.status.SecretFreshness;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Map;

/**
 * One JSON object a line, as CloudWatch Logs Insights reads them, and metrics in CloudWatch's embedded metric format.
 * Belongs to one invocation. Never given a secret's value.
 */
final class JsonLog {
    private final PrintStream out;
    private final InstantSource clock;
    private final String function;
    private final String requestId;

    JsonLog(PrintStream out, InstantSource clock, String function, String requestId) {
        this.out = out;
        this.clock = clock;
        this.function = function;
        this.requestId = requestId;
    }

    void info(String message) {
        write(line("INFO", message));
    }

    void error(String message) {
        write(line("ERROR", message));
    }

    void outcome(SecretOutcome outcome) {
        ObjectNode line =
                line(outcome.isTrouble() ? "ERROR" : "INFO", "secret " + ScanResultJson.word(outcome.status()));
        line.setAll(ScanResultJson.node(outcome));
        write(line);
    }

    void decision(RunDecision decision) {
        write(line("INFO", decision.reason())
                .put("secretArn", decision.secret().id().value())
                .put("execute", decision instanceof RunDecision.Make));
    }

    /** Of a secret that somebody must look at; the metrics tell of the others. */
    void freshness(SecretFreshness secret) {
        if (FreshnessJson.isNoteworthy(secret)) {
            ObjectNode line = line("ERROR", "dump " + FreshnessJson.word(secret.status()));
            line.setAll(FreshnessJson.node(secret));
            write(line);
        }
    }

    /**
     * Metrics of one unit, for one set of dimensions, which may be empty (CloudWatch user guide, "Embedded metric format
     * specification").
     *
     * @param values at most 100
     */
    void metrics(Map<String, String> dimensions, String unit, Map<String, ? extends Number> values) {
        ObjectNode line = line("INFO", "metrics");
        dimensions.forEach(line::put);
        ObjectNode aws = line.putObject("_aws").put("Timestamp", clock.instant().toEpochMilli());
        ObjectNode directive = aws.putArray("CloudWatchMetrics").addObject().put("Namespace", MetricNames.NAMESPACE);
        var keys = directive.putArray("Dimensions").addArray();
        dimensions.keySet().forEach(keys::add);
        var metrics = directive.putArray("Metrics");
        values.forEach((name, value) -> {
            metrics.addObject().put("Name", name).put("Unit", unit);
            line.put(name, value.longValue());
        });
        write(line);
    }

    private ObjectNode line(String level, String message) {
        return Message.MAPPER
                .createObjectNode()
                .put("timestamp", clock.instant().toString())
                .put("level", level)
                .put("function", function)
                .put("requestId", requestId)
                .put("message", message);
    }

    /** One call, so that lines of several threads don't mix. */
    private void write(ObjectNode line) {
        out.println(line);
    }
}
