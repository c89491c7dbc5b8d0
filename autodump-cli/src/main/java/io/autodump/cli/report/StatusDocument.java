package io.autodump.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.core.copy.CopyStatus;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.record.FailedRun;
import io.autodump.core.usecase.status.DatabaseStatus;
import io.autodump.core.usecase.status.HistoryEntry;
import io.autodump.core.usecase.status.StatusReport;
import io.autodump.local.notify.ChannelState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** The documents of {@code autodump status} and {@code autodump history}. */
public final class StatusDocument {
    private StatusDocument() {}

    /** The document of {@code autodump status}. */
    public static String of(StatusReport report, List<ChannelState> channels) {
        ObjectNode document =
                Documents.document().put("checkedAt", report.checkedAt().toString());
        write(report, document);
        write(channels, document);
        return Documents.text(document);
    }

    /**
     * The document of {@code autodump status} for several accounts and regions.
     *
     * @param checkedAt empty if none could be looked at
     * @param targets adds them
     */
    public static String ofSeveral(Optional<Instant> checkedAt, Consumer<ArrayNode> targets) {
        ObjectNode document = Documents.document();
        checkedAt.ifPresent(at -> document.put("checkedAt", at.toString()));
        targets.accept(document.putArray("targets"));
        return Documents.text(document);
    }

    /** Adds the databases of a report, and what couldn't be read. */
    public static void write(StatusReport report, ObjectNode document) {
        ArrayNode databases = document.putArray("databases");
        report.databases().forEach(database -> write(database, report.checkedAt(), databases.addObject()));
        report.failures().forEach(document.putArray("failures")::add);
    }

    /** The document of {@code autodump notify}. */
    public static String channels(List<ChannelState> channels) {
        ObjectNode document = Documents.document();
        write(channels, document);
        return Documents.text(document);
    }

    private static void write(List<ChannelState> channels, ObjectNode document) {
        ArrayNode array = document.putArray("channels");
        for (ChannelState channel : channels) {
            ObjectNode node = array.addObject().put("name", channel.name());
            channel.deliveredAt().ifPresent(at -> node.put("deliveredAt", at.toString()));
            node.put("failures", channel.failures());
            channel.failedAt().ifPresent(at -> node.put("failedAt", at.toString()));
            channel.problem().ifPresent(why -> node.put("problem", why));
        }
    }

    private static void write(DatabaseStatus database, Instant now, ObjectNode node) {
        node.put("name", database.secretName())
                .put("status", database.state().text())
                .put("needsOperator", database.needsOperator());
        database.database().ifPresent(name -> node.put("database", name));
        database.lastGood().ifPresent(dump -> {
            write(dump, node.putObject("lastGoodDump"))
                    .put("ageSeconds", Duration.between(dump.finishedAt(), now).toSeconds());
        });
        database.newestDumps().stream().findFirst().ifPresent(dump -> write(dump, node.putObject("newestDump")));
        ArrayNode sizes = node.putArray("sizes");
        for (int i = database.newestDumps().size() - 1; i >= 0; i--) {
            sizes.add(database.newestDumps().get(i).storedBytes());
        }
        database.lastProven().ifPresent(dump -> write(dump, node.putObject("lastProvenDump")));
        database.lastProof().ifPresent(proof -> DrillDocument.write(proof, node.putObject("lastProof")));
        database.failedDrill().ifPresent(drill -> DrillDocument.write(drill, node.putObject("failedDrill")));
        database.lastFailure().ifPresent(run -> write(run, node.putObject("lastFailure")));
        database.due().ifPresent(due -> node.put("due", due.toString()));
        database.nextRun().ifPresent(next -> node.put("nextRun", next.toString()));
        if (!database.copies().isEmpty()) {
            ArrayNode copies = node.putArray("copies");
            database.copies().forEach(copy -> write(copy, copies.addObject()));
        }
        ArrayNode problems = node.putArray("problems");
        database.problems()
                .forEach(problem ->
                        problems.addObject().put("where", problem.where()).put("problem", problem.what()));
    }

    private static void write(CopyStatus copy, ObjectNode node) {
        ArrayNode missing = node.put("store", copy.store()).putArray("missing");
        copy.missing().forEach(dump -> missing.add(dump.key().value()));
        ArrayNode late = node.putArray("late");
        copy.late().forEach(dump -> late.add(dump.key().value()));
    }

    private static ObjectNode write(DumpManifest dump, ObjectNode node) {
        node.put("key", dump.key().value())
                .put("scheduledAt", dump.scheduledAt().toString())
                .put("startedAt", dump.startedAt().toString())
                .put("finishedAt", dump.finishedAt().toString())
                .put("storedBytes", dump.storedBytes());
        dump.suspicions().forEach(node.putArray("suspicions")::add);
        return node;
    }

    private static void write(FailedRun run, ObjectNode node) {
        node.put("outcome", run.outcome().name().toLowerCase(Locale.ROOT))
                .put("scheduledAt", run.scheduledAt().toString());
        run.code().ifPresent(code -> node.put("code", code));
        node.put("message", run.message());
        run.hint().ifPresent(hint -> node.put("hint", CommandHints.WORDS.in(hint)));
        node.put("attempts", run.attempts())
                .put("firstFailedAt", run.firstFailedAt().toString())
                .put("failedAt", run.failedAt().toString());
        run.place().host().ifPresent(host -> node.put("host", host));
        run.place().jobId().ifPresent(job -> node.put("jobId", job));
        run.place().logStream().ifPresent(stream -> node.put("logStream", stream));
    }

    /**
     * The document of {@code autodump coverage}.
     *
     * @param databases adds the databases
     * @param failures what couldn't be read, and why
     */
    public static String coverage(Consumer<ArrayNode> databases, List<String> failures) {
        ObjectNode document = Documents.document();
        databases.accept(document.putArray("databases"));
        failures.forEach(document.putArray("failures")::add);
        return Documents.text(document);
    }

    /**
     * The document of {@code autodump coverage --account}.
     *
     * @param servers adds the servers
     * @param otherEngines the names of servers that AutoDump can't dump
     * @param failures what couldn't be read, and why
     */
    public static String servers(Consumer<ArrayNode> servers, List<String> otherEngines, List<String> failures) {
        ObjectNode document = Documents.document();
        servers.accept(document.putArray("servers"));
        otherEngines.forEach(document.putArray("otherEngines")::add);
        failures.forEach(document.putArray("failures")::add);
        return Documents.text(document);
    }

    /** An array of texts. */
    public static ArrayNode texts(List<String> texts) {
        ArrayNode array = Documents.document().arrayNode();
        texts.forEach(array::add);
        return array;
    }

    /** The document of {@code autodump history}. */
    public static String history(String name, List<HistoryEntry> runs) {
        ObjectNode document = Documents.document().put("name", name);
        ArrayNode array = document.putArray("runs");
        for (HistoryEntry run : runs) {
            ObjectNode node = array.addObject()
                    .put("scheduledAt", run.scheduledAt().toString())
                    .put("outcome", run.outcome().text());
            run.database(runs).ifPresent(database -> node.put("database", database));
            run.dump().ifPresent(dump -> write(dump, node.putObject("dump")));
            run.failure().ifPresent(failure -> write(failure, node.putObject("failure")));
        }
        return Documents.text(document);
    }
}
