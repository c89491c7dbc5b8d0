package io.autodump.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpOutcome;
import io.autodump.core.dump.RestoreReport;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.Finding;
import io.autodump.core.error.InvalidInputException;
import io.autodump.core.error.Platform;
import io.autodump.core.restore.RestorePlan;
import io.autodump.core.usecase.dump.RunOutcome;
import io.autodump.core.usecase.restore.VerifyReport;
import io.autodump.core.usecase.status.DumpListing;
import io.autodump.core.wire.DumpManifestJson;
import java.util.List;

/**
 * The JSON documents that {@code --json} prints; {@code docs/json.md} describes them. A field keeps its meaning for
 * ever, and new fields may appear.
 */
public final class Documents {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int SCHEMA_VERSION = 1;

    private Documents() {}

    /** The document of {@code autodump list}. */
    public static String list(DumpListing listing) {
        ObjectNode document = document();
        ArrayNode dumps = document.putArray("dumps");
        listing.dumps()
                .forEach(dump ->
                        dumps.add(manifest(dump).put("proven", listing.proven().contains(dump.key()))));
        ArrayNode unreadable = document.putArray("unreadable");
        listing.unreadable()
                .forEach(problem ->
                        unreadable.addObject().put("manifest", problem.where()).put("problem", problem.what()));
        return text(document);
    }

    /** The document of {@code autodump dump}: of one dump, or of several with the databases that failed. */
    public static String dump(RunOutcome run) {
        if (!run.isOfSeveral()) {
            return text(dump(run.dumps().get(0), document()));
        }
        ObjectNode document = document();
        ArrayNode dumps = document.putArray("dumps");
        run.dumps().forEach(outcome -> dump(outcome, dumps.addObject()));
        ArrayNode failures = document.putArray("failures");
        for (RunOutcome.Failure failure : run.failures()) {
            ObjectNode node = failures.addObject()
                    .put("database", failure.database())
                    .put("code", failure.cause().code().id())
                    .put("message", failure.cause().description());
            failure.cause().hint().ifPresent(hint -> node.put("hint", CommandHints.WORDS.in(hint)));
        }
        return text(document);
    }

    /** The document of {@code autodump dump --dry-run}. */
    public static String dryRun(String secret, DumpKey key, long databaseBytes) {
        return text(document()
                .put("dryRun", true)
                .put("secret", secret)
                .put("key", key.value())
                .put("databaseBytes", databaseBytes));
    }

    private static ObjectNode dump(DumpOutcome outcome, ObjectNode document) {
        document.put("alreadyThere", outcome.alreadyThere()).set("manifest", manifest(outcome.manifest()));
        return document;
    }

    /** The document of {@code autodump verify}. A dump that fails the check is an {@linkplain #error error}. */
    public static String verify(VerifyReport report) {
        ObjectNode document = document().put("whole", true).put("contentsRead", report.contentsRead());
        report.archiveEntries().ifPresent(entries -> document.put("archiveEntries", entries));
        document.set("manifest", manifest(report.manifest()));
        return text(document);
    }

    /** The document of {@code autodump restore}. */
    public static String restore(DumpManifest manifest, DatabaseSecret target, RestoreReport report) {
        ObjectNode document = restored(manifest, target);
        document.put("clientVersion", report.clientVersion());
        document.put("serverVersion", report.serverVersion());
        document.put("tablesCompared", RestoreText.compared(manifest, report));
        ArrayNode tables = document.putArray("tables");
        report.tables()
                .forEach(table -> tables.addObject()
                        .put("schema", table.schema())
                        .put("table", table.table())
                        .put("rows", table.rows()));
        report.warnings().forEach(document.putArray("warnings")::add);
        report.notes().forEach(document.putArray("notes")::add);
        return text(document);
    }

    /** The document of {@code autodump restore --dry-run}. */
    public static String restorePlan(DumpManifest manifest, DatabaseSecret target, RestorePlan plan) {
        ObjectNode document = restored(manifest, target);
        document.put("possible", plan.isPossible())
                .put("serverVersion", plan.serverVersion())
                .put("createsDatabase", plan.createsDatabase())
                .put("dropsDatabase", plan.dropsDatabase())
                .put("storedBytes", manifest.storedBytes());
        plan.createdRoles().forEach(document.putArray("createdRoles")::add);
        ArrayNode contents = document.putArray("contents");
        plan.contents()
                .forEach(count -> contents.addObject().put("kind", count.kind()).put("count", count.count()));
        plan.leftOut().forEach(document.putArray("leftOut")::add);
        ArrayNode obstacles = document.putArray("obstacles");
        plan.obstacles().forEach(obstacle -> {
            ObjectNode node = obstacles
                    .addObject()
                    .put("kind", obstacle.kind())
                    .put("name", obstacle.name())
                    .put("why", obstacle.why())
                    .put("remedy", CommandHints.WORDS.in(obstacle.remedy()));
            obstacle.skip().ifPresent(kind -> node.put("skip", kind.text()));
        });
        plan.remarks().forEach(document.putArray("remarks")::add);
        return text(document);
    }

    private static ObjectNode restored(DumpManifest manifest, DatabaseSecret target) {
        ObjectNode document = document().put("key", manifest.key().value());
        document.putObject("target")
                .put("host", target.host())
                .put("port", target.port())
                .put("database", target.database())
                .put("username", target.username())
                .put("tls", target.tls().text());
        return document;
    }

    /** The document of {@code autodump doctor}. */
    public static String doctor(List<Finding> findings, int exitStatus) {
        ObjectNode document = document().put("exitStatus", exitStatus);
        ArrayNode all = document.putArray("findings");
        for (Finding finding : findings) {
            ObjectNode node = all.addObject()
                    .put("status", finding.status().text())
                    .put("subject", finding.subject())
                    .put("check", finding.check())
                    .put("message", finding.message());
            finding.code().ifPresent(code -> node.put("code", code.id()));
            finding.hint().ifPresent(hint -> node.put("hint", hint));
        }
        return text(document);
    }

    /** The document of {@code autodump version}. */
    public static String version(String version, String java, String system) {
        return text(document().put("version", version).put("java", java).put("system", system));
    }

    /** The document of any command that failed. */
    public static String error(AutoDumpException failure, int exitStatus, Platform platform) {
        ObjectNode document = document();
        write(failure, document, exitStatus, platform);
        return text(document);
    }

    static void write(AutoDumpException failure, ObjectNode document, int exitStatus, Platform platform) {
        ObjectNode error = document.putObject("error")
                .put("code", failure.code().id())
                .put("category", failure.code().category().word(platform))
                .put("message", failure.description());
        CommandHints.WORDS.in(failure).hint().ifPresent(hint -> error.put("hint", hint));
        if (failure instanceof InvalidInputException invalid) {
            ArrayNode problems = error.putArray("problems");
            invalid.problems()
                    .forEach(problem ->
                            problems.addObject().put("where", problem.where()).put("problem", problem.what()));
        }
        error.put("exitStatus", exitStatus);
    }

    static ObjectNode document() {
        return MAPPER.createObjectNode().put("schemaVersion", SCHEMA_VERSION);
    }

    /** Indents by two spaces and ends in a line feed, on every system. */
    static String text(ObjectNode document) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        try {
            return MAPPER.writer(printer).writeValueAsString(document) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new AssertionError("a tree of plain nodes can always be written", impossible);
        }
    }

    /** A manifest in its published form. */
    private static ObjectNode manifest(DumpManifest manifest) {
        try {
            return MAPPER.readValue(DumpManifestJson.write(manifest), ObjectNode.class);
        } catch (JsonProcessingException impossible) {
            throw new AssertionError("a manifest that was just written can be read", impossible);
        }
    }
}
