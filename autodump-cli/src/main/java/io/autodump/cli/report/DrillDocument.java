package io.autodump.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.record.Attestation;
import io.autodump.core.record.FailedDrill;

/** The document of {@code autodump drill}. Used once. */
public final class DrillDocument {
    private final ObjectNode document = Documents.document();
    private final ArrayNode drills = document.putArray("drills");

    /** Starts a document without drills. */
    public DrillDocument() {}

    /** Adds a drill that proved a dump. */
    public void add(Attestation attestation) {
        ObjectNode node = drills.addObject()
                .put("name", attestation.secretName())
                .put("proven", true)
                .put("storedBytes", attestation.storedBytes())
                .put("sha256", attestation.checksum().sha256());
        write(attestation, node);
        ArrayNode tables = node.putArray("tables");
        attestation
                .tables()
                .forEach(table -> tables.addObject()
                        .put("schema", table.schema())
                        .put("table", table.table())
                        .put("rows", table.rows()));
    }

    /**
     * Adds a drill that failed.
     *
     * @param subject the name of the secret, or the reference to the dump
     */
    public void add(String subject, AutoDumpException failure) {
        ObjectNode node = drills.addObject()
                .put("name", subject)
                .put("proven", false)
                .put("code", failure.code().id())
                .put("message", failure.description());
        failure.hint().ifPresent(hint -> node.put("hint", hint));
    }

    /** Returns the document. */
    public String text() {
        return Documents.text(document);
    }

    static void write(Attestation attestation, ObjectNode node) {
        node.put("key", attestation.dump().value())
                .put("startedAt", attestation.startedAt().toString())
                .put("finishedAt", attestation.finishedAt().toString())
                .put("server", attestation.server())
                .put("serverVersion", attestation.serverVersion())
                .put("clientVersion", attestation.clientVersion());
        attestation.objects().ifPresent(objects -> node.put("objects", objects));
        node.put("tablesCompared", attestation.tablesCompared()).put("assertions", attestation.assertions());
        attestation.warnings().forEach(node.putArray("warnings")::add);
    }

    static void write(FailedDrill drill, ObjectNode node) {
        node.put("key", drill.dump().value())
                .put("failedAt", drill.at().toString())
                .put("code", drill.code())
                .put("message", drill.message());
        drill.hint().ifPresent(hint -> node.put("hint", CommandHints.WORDS.in(hint)));
    }
}
