package io.autodump.core.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.core.dump.DumpEvent;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Platform;

/**
 * The outcome of a run as JSON; {@code docs/events.md} describes it. Readers must ignore fields that they don't know.
 * Never holds a secret's value.
 */
public final class DumpEventJson {
    /** Grows when a field changes its meaning or disappears. New fields don't change it. */
    public static final int SCHEMA_VERSION = 1;

    /** Limits the report of a failure, in characters. SNS and EventBridge accept 256 KiB per message (their quotas). */
    private static final int MAX_REPORT = 16_384;

    /** Things not included, and warnings; the manifest has all of them. */
    private static final int MAX_LISTED = 50;

    private DumpEventJson() {}

    /**
     * Returns the published word for an event's type: {@code succeeded}, {@code failed}, {@code missed}, {@code
     * overdue}, {@code recovered}, {@code drill-failed} or {@code copy-failed}.
     */
    public static String type(DumpEvent event) {
        if (event instanceof DumpEvent.Succeeded) {
            return "succeeded";
        } else if (event instanceof DumpEvent.Failed) {
            return "failed";
        } else if (event instanceof DumpEvent.Overdue) {
            return "overdue";
        } else if (event instanceof DumpEvent.Recovered) {
            return "recovered";
        } else if (event instanceof DumpEvent.CopyFailed) {
            return "copy-failed";
        }
        return event instanceof DumpEvent.DrillFailed ? "drill-failed" : "missed";
    }

    /** As {@link #write(DumpEvent, Platform)}, for a store, secrets and a scheduler of your own. */
    public static String write(DumpEvent event) {
        return write(event, Platform.OWN);
    }

    /**
     * Returns the event as an indented JSON object.
     *
     * @param platform decides the word for a failure of the store, the secrets or the scheduler
     */
    public static String write(DumpEvent event, Platform platform) {
        ObjectNode node = Json.object()
                .put("schemaVersion", SCHEMA_VERSION)
                .put("type", type(event))
                .put("secretName", event.secretName())
                .put("scheduledAt", event.scheduledAt().toString());
        if (event instanceof DumpEvent.Succeeded succeeded) {
            writeDump(succeeded.manifest(), node);
        } else if (event instanceof DumpEvent.Recovered recovered) {
            writeDump(recovered.manifest(), node);
        } else if (event instanceof DumpEvent.Overdue overdue) {
            node.put("days", overdue.days());
            overdue.lastDump().ifPresent(last -> node.put("lastDump", last.toString()));
            node.put("reason", shortened(overdue.reason()));
            overdue.database().ifPresent(database -> node.put("database", database));
        } else if (event instanceof DumpEvent.Missed missed) {
            if (missed.later() > 0) {
                node.put("later", missed.later());
            }
        } else if (event instanceof DumpEvent.Failed failed) {
            writeFailure(failed.code(), failed.report(), platform, node);
            failed.database().ifPresent(database -> node.put("database", database));
        } else if (event instanceof DumpEvent.DrillFailed failed) {
            writeFailure(
                    failed.code(),
                    failed.report(),
                    platform,
                    node.put("key", failed.dump().value()));
        } else if (event instanceof DumpEvent.CopyFailed failed) {
            node.put("store", failed.store()).put("key", failed.dump().value());
            writeFailure(failed.code(), failed.report(), platform, node);
        }
        return Json.pretty(node);
    }

    private static void writeFailure(ErrorCode code, String report, Platform platform, ObjectNode node) {
        node.put("code", code.id())
                .put("category", code.category().word(platform))
                .put("summary", code.summary())
                .put("report", shortened(report));
    }

    private static void writeDump(DumpManifest manifest, ObjectNode node) {
        node.put("database", manifest.database())
                .put("engine", manifest.engine())
                .put("key", manifest.key().value())
                .put("manifestKey", manifest.key().manifestKey())
                .put("startedAt", manifest.startedAt().toString())
                .put("finishedAt", manifest.finishedAt().toString())
                .put("sourceBytes", manifest.sourceBytes())
                .put("storedBytes", manifest.storedBytes())
                .put("sha256", manifest.checksum().sha256())
                .put("notIncludedCount", manifest.notIncluded().size());
        NotIncludedJson.write(manifest.notIncluded().stream().limit(MAX_LISTED).toList(), node.putArray("notIncluded"));
        ArrayNode warnings = node.putArray("warnings");
        manifest.warnings().stream().limit(MAX_LISTED).forEach(warnings::add);
        if (!manifest.suspicions().isEmpty()) {
            manifest.suspicions().forEach(node.putArray("suspicions")::add);
        }
    }

    private static String shortened(String report) {
        return report.length() <= MAX_REPORT ? report : report.substring(0, MAX_REPORT) + "…";
    }
}
