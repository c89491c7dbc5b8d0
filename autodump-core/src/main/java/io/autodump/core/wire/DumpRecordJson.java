package io.autodump.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.record.Acknowledgement;
import io.autodump.core.record.Attestation;
import io.autodump.core.record.DumpRecord;
import io.autodump.core.record.FailedDrill;
import io.autodump.core.record.FailedRun;
import io.autodump.core.record.RecordKey;
import io.autodump.core.record.RunPlace;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads and writes the records beside dumps as JSON, and ignores unknown fields. {@code docs/monitoring.md} describes
 * the fields.
 */
public final class DumpRecordJson {
    /** Grows when a field changes its meaning or disappears. New fields don't change it. */
    public static final int SCHEMA_VERSION = 1;

    /** The longest message, in characters: a record is small. */
    private static final int MAX_MESSAGE = 16_384;

    private static final String HINT = "docs/monitoring.md describes the records; remove it if it isn't one";

    private DumpRecordJson() {}

    /** Returns the record as an indented JSON object. */
    public static String write(DumpRecord record) {
        ObjectNode node = Json.object().put("schemaVersion", SCHEMA_VERSION);
        if (record instanceof FailedRun run) {
            write(run, node);
        } else if (record instanceof Acknowledgement acknowledgement) {
            node.put("key", acknowledgement.dump().value())
                    .put("acknowledgedAt", acknowledgement.at().toString())
                    .put("note", acknowledgement.note());
        } else if (record instanceof Attestation attestation) {
            DrillRecordJson.write(attestation, node);
        } else if (record instanceof FailedDrill drill) {
            DrillRecordJson.write(drill, node);
        }
        return Json.pretty(node);
    }

    private static void write(FailedRun run, ObjectNode node) {
        node.put("outcome", run.outcome().name().toLowerCase(Locale.ROOT)).put("secretName", run.secretName());
        run.database().ifPresent(database -> node.put("database", database));
        node.put("scheduledAt", run.scheduledAt().toString());
        run.code().ifPresent(code -> node.put("code", code));
        node.put("message", shortened(run.message()));
        run.hint().ifPresent(hint -> node.put("hint", shortened(hint)));
        node.put("attempts", run.attempts())
                .put("firstFailedAt", run.firstFailedAt().toString())
                .put("failedAt", run.failedAt().toString());
        write(run.place(), node);
        node.put("toolVersion", run.toolVersion());
    }

    static void write(RunPlace place, ObjectNode node) {
        place.host().ifPresent(host -> node.put("host", host));
        place.jobId().ifPresent(job -> node.put("jobId", job));
        place.logStream().ifPresent(stream -> node.put("logStream", stream));
    }

    static RunPlace place(JsonNode node) {
        return new RunPlace(optional(node, "host"), optional(node, "jobId"), optional(node, "logStream"));
    }

    static String shortened(String text) {
        return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE) + "…";
    }

    /**
     * Parses a record.
     *
     * @param key the key that it was read from
     * @throws AutoDumpException {@code INVALID_DOCUMENT}, also for a kind of record without a content that this
     *     release knows
     */
    public static DumpRecord parse(RecordKey key, String json) {
        ObjectNode node = Json.parse(ErrorCode.INVALID_DOCUMENT, key.value(), json, HINT);
        try {
            return switch (key.kind()) {
                case FAILED -> failedRun(key, node);
                case ACCEPTED ->
                    new Acknowledgement(
                            key.dump().orElseThrow(),
                            Instant.parse(text(node, "acknowledgedAt")),
                            node.path("note").asText());
                case PROVEN -> DrillRecordJson.attestation(key, node);
                case UNPROVEN -> DrillRecordJson.failedDrill(key, node);
                case LOCKED ->
                    throw new IllegalArgumentException(
                            "this release reads no " + key.kind().text() + " records");
            };
        } catch (IllegalArgumentException | DateTimeException wrong) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_DOCUMENT, key + " isn't a record: " + wrong.getMessage(), HINT, wrong);
        }
    }

    private static FailedRun failedRun(RecordKey key, JsonNode node) {
        return FailedRun.builder()
                .key(key)
                .outcome(FailedRun.Outcome.valueOf(text(node, "outcome").toUpperCase(Locale.ROOT)))
                .secretName(text(node, "secretName"))
                .database(optional(node, "database"))
                .scheduledAt(Instant.parse(text(node, "scheduledAt")))
                .code(optional(node, "code"))
                .message(text(node, "message"))
                .hint(optional(node, "hint"))
                .attempts(node.path("attempts").asInt())
                .firstFailedAt(Instant.parse(text(node, "firstFailedAt")))
                .failedAt(Instant.parse(text(node, "failedAt")))
                .place(place(node))
                .toolVersion(text(node, "toolVersion"))
                .build();
    }

    static String text(JsonNode node, String name) {
        return optional(node, name).orElseThrow(() -> new IllegalArgumentException(name + ": is missing"));
    }

    static Optional<String> optional(JsonNode node, String name) {
        return node.path(name).isTextual() ? Optional.of(node.path(name).textValue()) : Optional.empty();
    }
}
