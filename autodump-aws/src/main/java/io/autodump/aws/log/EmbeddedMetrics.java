package io.autodump.aws.log;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.core.contract.MetricNames;
import java.time.Instant;
import java.util.List;

/**
 * Adds metrics to a log line, in CloudWatch's embedded metric format (CloudWatch user guide, "Embedded metric format
 * specification"). The namespace is {@link MetricNames#NAMESPACE}. Not thread-safe.
 */
public final class EmbeddedMetrics {
    private final ObjectNode line;
    private final ArrayNode definitions;

    private EmbeddedMetrics(ObjectNode line, ArrayNode definitions) {
        this.line = line;
        this.definitions = definitions;
    }

    /**
     * Begins the metrics of a line.
     *
     * @param dimensions sets of dimensions, each of which yields every metric once; a dimension is the name of a field
     * of
     *     the line, and an empty set is the metric without dimensions
     */
    public static EmbeddedMetrics in(ObjectNode line, Instant now, List<List<String>> dimensions) {
        ObjectNode directive = line.putObject("_aws")
                .put("Timestamp", now.toEpochMilli())
                .putArray("CloudWatchMetrics")
                .addObject()
                .put("Namespace", MetricNames.NAMESPACE);
        ArrayNode sets = directive.putArray("Dimensions");
        dimensions.forEach(set -> set.forEach(sets.addArray()::add));
        return new EmbeddedMetrics(line, directive.putArray("Metrics"));
    }

    /** Adds a whole number; at most 100 metrics per line. */
    public EmbeddedMetrics put(String name, String unit, long value) {
        define(name, unit);
        line.put(name, value);
        return this;
    }

    /** Adds a number; at most 100 metrics per line. */
    public EmbeddedMetrics put(String name, String unit, double value) {
        define(name, unit);
        line.put(name, value);
        return this;
    }

    private void define(String name, String unit) {
        definitions.addObject().put("Name", name).put("Unit", unit);
    }
}
