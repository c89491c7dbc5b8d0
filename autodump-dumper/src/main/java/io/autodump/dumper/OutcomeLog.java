package io.autodump.dumper;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.aws.log.EmbeddedMetrics;
import io.autodump.aws.log.JsonLog;
import io.autodump.core.contract.MetricNames;
import io.autodump.core.dump.DumpEvent;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.port.DumpEvents;
import io.autodump.core.wire.DumpEventJson;
import java.time.Duration;
import java.util.List;

/** Writes the outcome of the run to the log, with its metrics on the same line. For one run and one thread. */
final class OutcomeLog implements DumpEvents {
    private static final double MILLIS = 1000.0;
    /** Each metric has one value without a dimension, and one for the secret. */
    private static final List<List<String>> PER_SECRET = List.of(List.of(), List.of(MetricNames.SECRET));

    private static final List<List<String>> TOTAL = List.of(List.of());

    private final JsonLog log;
    private List<List<String>> dimensions = PER_SECRET;
    private boolean told;

    OutcomeLog(JsonLog log) {
        this.log = log;
    }

    /** From now on, metrics have no dimension: each value of a dimension is a metric that costs money. */
    void withoutSecretMetrics() {
        dimensions = TOTAL;
    }

    @Override
    public void publish(DumpEvent event) {
        told = true;
        if (event instanceof DumpEvent.Succeeded succeeded) {
            succeeded(succeeded.manifest());
        } else if (event instanceof DumpEvent.Failed failed) {
            failed(failed);
        } else if (event instanceof DumpEvent.DrillFailed failed) {
            log.write(run(log.error("drill failed"), event)
                    .put("code", failed.code().id())
                    .put("report", failed.report()));
        } else {
            log.write(run(log.error("dump " + DumpEventJson.type(event)), event));
        }
    }

    private void succeeded(DumpManifest manifest) {
        Duration duration = Duration.between(manifest.startedAt(), manifest.finishedAt());
        ObjectNode line = log.info("dump succeeded")
                .put(MetricNames.SECRET, manifest.secretName())
                .put("database", manifest.database())
                .put("scheduledAt", manifest.scheduledAt().toString())
                .put("key", manifest.key().value())
                .put("sha256", manifest.checksum().sha256())
                .put("serverVersion", manifest.serverVersion())
                .put("clientVersion", manifest.clientVersion())
                .put("sourceBytes", manifest.sourceBytes());
        manifest.warnings().forEach(line.putArray("warnings")::add);
        if (!manifest.suspicions().isEmpty()) {
            manifest.suspicions().forEach(line.putArray("suspicions")::add);
        }
        ArrayNode notIncluded = line.putArray("notIncluded");
        manifest.notIncluded().forEach(thing -> notIncluded.add(thing.toString()));
        metrics(line, dimensions)
                .put(MetricNames.DUMPS_SUCCEEDED, "Count", 1.0)
                .put(MetricNames.DUMPS_FAILED, "Count", 0.0)
                .put(MetricNames.DUMP_DURATION, "Seconds", duration.toMillis() / MILLIS)
                .put(MetricNames.STORED_BYTES, "Bytes", (double) manifest.storedBytes());
        log.write(line);
    }

    private static ObjectNode run(ObjectNode line, DumpEvent event) {
        return line.put(MetricNames.SECRET, event.secretName())
                .put("scheduledAt", event.scheduledAt().toString());
    }

    private void failed(DumpEvent.Failed failed) {
        ObjectNode line =
                run(log.error("dump failed"), failed).put("code", failed.code().id());
        // "report" is what people get about the run: for several databases, one line about all of them.
        failed.database()
                .ifPresentOrElse(
                        database -> line.put("database", database).put("databaseReport", failed.report()),
                        () -> line.put("report", failed.report()));
        metrics(line, dimensions).put(MetricNames.DUMPS_FAILED, "Count", 1.0);
        log.write(line);
    }

    /** Logs a failure before the run began, which has no event. Does nothing if there was an event. */
    void failedUntold(ObjectNode line) {
        if (told) {
            return;
        }
        metrics(line, TOTAL).put(MetricNames.DUMPS_FAILED, "Count", 1.0);
        log.write(line);
    }

    private EmbeddedMetrics metrics(ObjectNode line, List<List<String>> by) {
        return EmbeddedMetrics.in(line, log.clock().instant(), by);
    }
}
