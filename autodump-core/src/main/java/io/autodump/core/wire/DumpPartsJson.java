package io.autodump.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.dump.DumpParts;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes the fields {@code parts} and {@code restoreCommands} of a manifest. */
final class DumpPartsJson {
    private static final String PARTS = "parts";
    private static final String COMMANDS = "restoreCommands";

    private DumpPartsJson() {}

    /** Writes nothing for a dump that is one file. */
    static void write(DumpParts parts, ObjectNode manifest) {
        if (parts.isEmpty()) {
            return;
        }
        ArrayNode array = manifest.putArray(PARTS);
        parts.all().forEach(part -> write(part, array.addObject()));
        parts.restoreCommands().forEach(manifest.putArray(COMMANDS)::add);
    }

    private static void write(DumpPart part, ObjectNode node) {
        node.put("name", part.name()).put("kind", part.isArchive() ? "archive" : "data");
        part.table().ifPresent(table -> {
            node.put("table", table);
            part.columns().forEach(node.putArray("columns")::add);
            node.put("rows", part.rows());
        });
        node.put("sourceBytes", part.sourceBytes())
                .put("storedBytes", part.storedBytes())
                .put("sha256", part.checksum().sha256())
                .put("compression", part.compression().text());
    }

    /**
     * Reads the fields.
     *
     * @throws IllegalArgumentException naming the field that is missing or invalid
     */
    static DumpParts read(JsonFields manifest) {
        List<DumpPart> parts = new ArrayList<>();
        for (JsonNode part : manifest.node(PARTS)) {
            parts.add(part(new JsonFields(part)));
        }
        if (parts.isEmpty()) {
            throw new IllegalArgumentException(PARTS + ": is empty");
        }
        return new DumpParts(parts, manifest.texts(COMMANDS));
    }

    private static DumpPart part(JsonFields fields) {
        DumpPart.Builder part = DumpPart.builder()
                .name(fields.text("name"))
                .sourceBytes(fields.number("sourceBytes"))
                .storedBytes(fields.number("storedBytes"))
                .checksum(fields.text("sha256", Checksum::new))
                .compression(fields.text("compression", DumpPartsJson::compression));
        if (fields.has("table")) {
            part.table(fields.text("table")).columns(fields.texts("columns")).rows(fields.number("rows"));
        }
        return part.build();
    }

    private static Compression compression(String text) {
        return Compression.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("compression: \"" + text + "\" isn't known"));
    }
}
