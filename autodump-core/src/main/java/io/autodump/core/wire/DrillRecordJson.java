package io.autodump.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.TableRows;
import io.autodump.core.record.Attestation;
import io.autodump.core.record.FailedDrill;
import io.autodump.core.record.RecordKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The records of restore drills as JSON. */
final class DrillRecordJson {
    private DrillRecordJson() {}

    static void write(FailedDrill drill, ObjectNode node) {
        node.put("key", drill.dump().value())
                .put("failedAt", drill.at().toString())
                .put("code", drill.code())
                .put("message", DumpRecordJson.shortened(drill.message()));
        drill.hint().ifPresent(hint -> node.put("hint", DumpRecordJson.shortened(hint)));
        DumpRecordJson.write(drill.place(), node);
        node.put("toolVersion", drill.toolVersion());
    }

    static void write(Attestation attestation, ObjectNode node) {
        node.put("key", attestation.dump().value())
                .put("secretName", attestation.secretName())
                .put("database", attestation.database())
                .put("startedAt", attestation.startedAt().toString())
                .put("finishedAt", attestation.finishedAt().toString())
                .put("server", attestation.server())
                .put("serverVersion", attestation.serverVersion())
                .put("clientVersion", attestation.clientVersion())
                .put("storedBytes", attestation.storedBytes())
                .put("sha256", attestation.checksum().sha256());
        attestation.objects().ifPresent(objects -> node.put("objects", objects));
        node.put("tablesCompared", attestation.tablesCompared()).put("assertions", attestation.assertions());
        ArrayNode tables = node.putArray("tables");
        attestation
                .tables()
                .forEach(table -> tables.addObject()
                        .put("schema", table.schema())
                        .put("table", table.table())
                        .put("rows", table.rows()));
        attestation.warnings().forEach(node.putArray("warnings")::add);
        DumpRecordJson.write(attestation.place(), node);
        node.put("toolVersion", attestation.toolVersion());
    }

    static FailedDrill failedDrill(RecordKey key, JsonNode node) {
        return new FailedDrill(
                key.dump().orElseThrow(),
                Instant.parse(DumpRecordJson.text(node, "failedAt")),
                DumpRecordJson.text(node, "code"),
                DumpRecordJson.text(node, "message"),
                DumpRecordJson.optional(node, "hint"),
                DumpRecordJson.place(node),
                DumpRecordJson.text(node, "toolVersion"));
    }

    static Attestation attestation(RecordKey key, JsonNode node) {
        List<String> warnings = new ArrayList<>();
        node.path("warnings").forEach(warning -> warnings.add(warning.asText()));
        return Attestation.builder()
                .dump(key.dump().orElseThrow())
                .secretName(DumpRecordJson.text(node, "secretName"))
                .database(DumpRecordJson.text(node, "database"))
                .startedAt(Instant.parse(DumpRecordJson.text(node, "startedAt")))
                .finishedAt(Instant.parse(DumpRecordJson.text(node, "finishedAt")))
                .server(DumpRecordJson.text(node, "server"))
                .serverVersion(DumpRecordJson.text(node, "serverVersion"))
                .clientVersion(DumpRecordJson.text(node, "clientVersion"))
                .storedBytes(node.path("storedBytes").asLong())
                .checksum(new Checksum(DumpRecordJson.text(node, "sha256")))
                .objects(
                        node.path("objects").isInt()
                                ? Optional.of(node.path("objects").intValue())
                                : Optional.empty())
                .tables(tables(node))
                .tablesCompared(node.path("tablesCompared").asInt())
                .assertions(node.path("assertions").asInt())
                .warnings(warnings)
                .place(DumpRecordJson.place(node))
                .toolVersion(DumpRecordJson.text(node, "toolVersion"))
                .build();
    }

    private static List<TableRows> tables(JsonNode node) {
        List<TableRows> tables = new ArrayList<>();
        node.path("tables")
                .forEach(table -> tables.add(new TableRows(
                        DumpRecordJson.text(table, "schema"),
                        DumpRecordJson.text(table, "table"),
                        table.path("rows").asLong())));
        return tables;
    }
}
