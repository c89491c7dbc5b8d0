package io.autodump.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.core.database.TlsMode;
import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.TableRows;
import io.autodump.core.dump.VerifyMode;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.UtcText;
import io.autodump.core.server.Globals;
import io.autodump.core.server.ServerDatabases;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads and writes manifests as JSON, as {@code docs/manifest.schema.json} describes. Unknown fields are ignored. */
public final class DumpManifestJson {
    private static final String HINT = "docs/manifest.schema.json describes a manifest; only AutoDump writes one";

    /** A number of jobs that the source chooses. */
    private static final String AUTO = "auto";

    private DumpManifestJson() {}

    public static String write(DumpManifest manifest) {
        ObjectNode node = Json.object()
                .put("schemaVersion", manifest.parts().isEmpty() ? 1 : DumpManifest.SCHEMA_VERSION)
                .put("toolVersion", manifest.toolVersion())
                .put("key", manifest.key().value())
                .put("secretName", manifest.secretName())
                .put("database", manifest.database())
                .put("engine", manifest.engine())
                .put("scheduledAt", manifest.scheduledAt().toString())
                .put("startedAt", manifest.startedAt().toString())
                .put("finishedAt", manifest.finishedAt().toString())
                .put("serverVersion", manifest.serverVersion())
                .put("clientVersion", manifest.clientVersion())
                .put("tls", manifest.tls().text())
                .put("replica", manifest.replica())
                .put("format", manifest.fileType().format().text())
                .put("outerCompression", manifest.fileType().outerCompression().text())
                .put("sourceBytes", manifest.sourceBytes())
                .put("storedBytes", manifest.storedBytes())
                .put("sha256", manifest.checksum().sha256());
        EncryptionJson.write(manifest.settings().encryptTo(), node);
        manifest.archiveEntries().ifPresent(entries -> node.put("archiveEntries", entries));
        manifest.roles().forEach(node.putArray("roles")::add);
        manifest.databaseProperties()
                .ifPresent(
                        properties -> DatabasePropertiesJson.write(properties, node.putObject("databaseProperties")));
        manifest.serverNeeds().ifPresent(needs -> ServerNeedsJson.write(needs, node.putObject("serverNeeds")));
        manifest.serverDatabases()
                .ifPresent(databases -> databases.names().forEach(node.putArray("serverDatabases")::add));
        writeTables(manifest.tables(), node.putArray("tables"));
        DumpPartsJson.write(manifest.parts(), node);
        NotIncludedJson.write(manifest.notIncluded(), node.putArray("notIncluded"));
        manifest.warnings().forEach(node.putArray("warnings")::add);
        if (!manifest.suspicions().isEmpty()) {
            manifest.suspicions().forEach(node.putArray("suspicions")::add);
        }
        writeSettings(manifest.settings(), node.putObject("settings"));
        return Json.pretty(node);
    }

    private static void writeTables(List<TableRows> tables, ArrayNode array) {
        tables.forEach(table -> array.addObject()
                .put("schema", table.schema())
                .put("table", table.table())
                .put("rows", table.rows()));
    }

    private static void writeSettings(DumpSettings settings, ObjectNode node) {
        node.put("format", settings.format().text());
        node.put("compression", settings.compression().text());
        settings.jobs().ifPresentOrElse(jobs -> node.put("jobs", jobs), () -> node.put("jobs", AUTO));
        settings.excludeTableData().forEach(node.putArray("excludeTableData")::add);
        settings.schemas().forEach(node.putArray("schemas")::add);
        node.put("verify", settings.verify().text());
        node.put("globals", settings.globals().text());
        settings.timeout().ifPresent(timeout -> node.put("timeout", timeout.toString()));
        node.put("maxBlocking", settings.maxBlocking().toString());
    }

    /**
     * Parses a manifest.
     *
     * @param subject the origin of the text, for the message
     * @throws AutoDumpException {@code INVALID_DOCUMENT}, also for a schema version that this release doesn't know
     */
    public static DumpManifest parse(String subject, String json) {
        ObjectNode node = Json.parse(ErrorCode.INVALID_DOCUMENT, subject, json, HINT);
        int version = node.path("schemaVersion").asInt(0);
        if (version < 1 || version > DumpManifest.SCHEMA_VERSION) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_DOCUMENT,
                    subject + " has schemaVersion " + version + ", this release reads 1 to "
                            + DumpManifest.SCHEMA_VERSION,
                    "use the release of AutoDump that wrote it, or pg_restore itself (docs/restore.md)");
        }
        try {
            return read(new JsonFields(node), version);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException wrong) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_DOCUMENT, subject + " isn't a manifest: " + wrong.getMessage(), HINT, wrong);
        }
    }

    private static DumpManifest read(JsonFields fields, int version) {
        JsonFields settings = fields.object("settings");
        DumpManifest.Builder manifest = DumpManifest.builder()
                .toolVersion(fields.text("toolVersion"))
                .key(fields.text("key", DumpKey::new))
                .secretName(fields.text("secretName"))
                .database(fields.text("database"))
                .engine(fields.text("engine"))
                .scheduledAt(fields.text("scheduledAt", UtcText::parse))
                .startedAt(fields.text("startedAt", UtcText::parse))
                .finishedAt(fields.text("finishedAt", UtcText::parse))
                .serverVersion(fields.text("serverVersion"))
                .clientVersion(fields.text("clientVersion"))
                .tls(fields.text("tls", text -> TlsMode.parse(text).orElseThrow(() -> unknown("tls", text))))
                .replica(fields.node("replica").asBoolean())
                .fileType(new DumpFileType(format(fields), compression(fields, "outerCompression")))
                .sourceBytes(fields.number("sourceBytes"))
                .storedBytes(fields.number("storedBytes"))
                .checksum(fields.text("sha256", Checksum::new))
                .roles(fields.texts("roles"))
                .settings(readSettings(settings)
                        .encryptTo(EncryptionJson.read(fields))
                        .build());
        for (JsonNode table : fields.node("tables")) {
            JsonFields row = new JsonFields(table);
            manifest.addTables(new TableRows(row.text("schema"), row.text("table"), row.number("rows")));
        }
        if (version > 1) {
            manifest.parts(DumpPartsJson.read(fields));
        }
        readOptional(fields, manifest);
        return manifest.build();
    }

    private static void readOptional(JsonFields fields, DumpManifest.Builder manifest) {
        if (fields.has("archiveEntries")) {
            manifest.archiveEntries(Math.toIntExact(fields.number("archiveEntries")));
        }
        if (fields.has("databaseProperties")) {
            manifest.databaseProperties(DatabasePropertiesJson.read(fields.node("databaseProperties")));
        }
        if (fields.has("serverNeeds")) {
            manifest.serverNeeds(ServerNeedsJson.read(fields.node("serverNeeds")));
        }
        if (fields.has("serverDatabases")) {
            manifest.serverDatabases(new ServerDatabases(fields.texts("serverDatabases")));
        }
        if (fields.has("notIncluded")) {
            manifest.notIncluded(NotIncludedJson.read(fields.node("notIncluded")));
        }
        if (fields.has("warnings")) {
            manifest.warnings(fields.texts("warnings"));
        }
        if (fields.has("suspicions")) {
            manifest.suspicions(fields.texts("suspicions"));
        }
    }

    private static DumpSettings.Builder readSettings(JsonFields fields) {
        DumpSettings.Builder settings = DumpSettings.builder();
        if (fields.has("maxBlocking")) {
            settings.maxBlocking(fields.text("maxBlocking", Duration::parse));
        }
        if (fields.has("globals")) {
            settings.globals(fields.text("globals", text -> byText(Globals.values(), Globals::text, "globals", text)));
        }
        return settings.format(format(fields))
                .compression(compression(fields, "compression"))
                .jobs(jobs(fields))
                .excludeTableData(fields.texts("excludeTableData"))
                .schemas(fields.texts("schemas"))
                .verify(fields.text("verify", text -> byText(VerifyMode.values(), VerifyMode::text, "verify", text)))
                .timeout(
                        fields.has("timeout")
                                ? Optional.of(fields.text("timeout", Duration::parse))
                                : Optional.empty());
    }

    private static Optional<Integer> jobs(JsonFields settings) {
        return settings.node("jobs").asText().equals(AUTO)
                ? Optional.empty()
                : Optional.of(Math.toIntExact(settings.number("jobs")));
    }

    private static DumpFormat format(JsonFields fields) {
        return fields.text("format", text -> byText(DumpFormat.values(), DumpFormat::text, "format", text));
    }

    private static Compression compression(JsonFields fields, String name) {
        return fields.text(name, text -> Compression.parse(text).orElseThrow(() -> unknown(name, text)));
    }

    private static <T> T byText(T[] values, Function<T, String> word, String field, String text) {
        return Arrays.stream(values)
                .filter(value -> word.apply(value).equals(text))
                .findFirst()
                .orElseThrow(() -> unknown(field, text));
    }

    private static IllegalArgumentException unknown(String field, String text) {
        return new IllegalArgumentException(field + ": \"" + text + "\" isn't known");
    }
}
