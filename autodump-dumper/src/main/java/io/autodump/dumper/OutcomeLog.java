package io.autodump.dumper;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.core.contract.MetricNames;
import io.autodump.core.dump.DumpEvent;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.port.DumpEvents;
import java.time.Duration;

/**
 * Writes what came of the run to the log, with metrics in the same line (CloudWatch user guide, "Embedded metric format
 * specification"): each without a dimension and for its secret. Belongs to one run and one thread.
 */
final class OutcomeLog implements DumpEvents {
    private static final double MILLIS = 1000.0;

    private final JsonLog log;
    private boolean told;

    OutcomeLog(JsonLog log) {
        this.log = log;
    }

    @Override
    public void publish(DumpEvent event) {
        told = true;
        if (event instanceof DumpEvent.Succeeded succeeded) {
            succeeded(succeeded.manifest());
        } else if (event instanceof DumpEvent.Failed failed) {
            failed(failed);
        }
    }

    private void succeeded(DumpManifest manifest) {
        Duration duration = Duration.between(manifest.startedAt(), manifest.finishedAt());
        ObjectNode line = log.info("dump succeeded")
                .put(MetricNames.SECRET, manifest.secretName())
                .put("scheduledAt", manifest.scheduledAt().toString())
                .put("key", manifest.key().value())
                .put("sha256", manifest.checksum().sha256())
                .put("serverVersion", manifest.serverVersion())
                .put("clientVersion", manifest.clientVersion())
                .put("sourceBytes", manifest.sourceBytes());
        manifest.warnings().forEach(line.putArray("warnings")::add);
        ArrayNode notIncluded = line.putArray("notIncluded");
        manifest.notIncluded().forEach(thing -> notIncluded.add(thing.toString()));
        ArrayNode metrics = metrics(line, true);
        put(line, metrics, MetricNames.DUMPS_SUCCEEDED, "Count", 1);
        put(line, metrics, MetricNames.DUMPS_FAILED, "Count", 0);
        put(line, metrics, MetricNames.DUMP_DURATION, "Seconds", duration.toMillis() / MILLIS);
        put(line, metrics, MetricNames.STORED_BYTES, "Bytes", (double) manifest.storedBytes());
        log.write(line);
    }

    private void failed(DumpEvent.Failed failed) {
        ObjectNode line = log.error("dump failed")
                .put(MetricNames.SECRET, failed.secretName())
                .put("scheduledAt", failed.scheduledAt().toString())
                .put("code", failed.code().id())
                .put("report", failed.report());
        put(line, metrics(line, true), MetricNames.DUMPS_FAILED, "Count", 1);
        log.write(line);
    }

    /** A failure of which no event came, for it was before the run began; nothing if there was one. */
    void failedUntold(ObjectNode line) {
        if (told) {
            return;
        }
        put(line, metrics(line, false), MetricNames.DUMPS_FAILED, "Count", 1);
        log.write(line);
    }

    /** The metrics' list of one directive, to be filled. */
    private ArrayNode metrics(ObjectNode line, boolean perSecret) {
        ObjectNode aws =
                line.putObject("_aws").put("Timestamp", log.clock().instant().toEpochMilli());
        ObjectNode directive = aws.putArray("CloudWatchMetrics").addObject().put("Namespace", MetricNames.NAMESPACE);
        ArrayNode dimensions = directive.putArray("Dimensions");
        dimensions.addArray();
        if (perSecret) {
            dimensions.addArray().add(MetricNames.SECRET);
        }
        return directive.putArray("Metrics");
    }

    private static void put(ObjectNode line, ArrayNode metrics, String name, String unit, double value) {
        metrics.addObject().put("Name", name).put("Unit", unit);
        line.put(name, value);
    }
}
