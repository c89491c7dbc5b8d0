package io.autodump.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.Platform;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.schedule.DumpSchedule;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** The document of {@code autodump plan}. */
public final class PlanDocument {
    private PlanDocument() {}

    /**
     * Returns the document.
     *
     * @param plans the secrets
     * @param failure why secrets are missing; empty if none are
     * @param platform whose the secrets are
     */
    public static String of(List<SecretPlan> plans, Optional<AutoDumpException> failure, Platform platform) {
        ObjectNode document = Documents.document();
        ArrayNode secrets = document.putArray("secrets");
        plans.forEach(plan -> write(plan, secrets.addObject()));
        failure.ifPresent(brokenOff ->
                Documents.write(brokenOff, document, brokenOff.code().category().exitStatus(), platform));
        return Documents.text(document);
    }

    private static void write(SecretPlan plan, ObjectNode node) {
        node.put("name", plan.name()).put("status", plan.status().text());
        plan.hash().ifPresent(hash -> node.put("tagsHash", hash.value()));
        plan.tags().ifPresent(tags -> write(tags, node));
        ArrayNode runs = node.putArray("runs");
        plan.runs().forEach(run -> write(run, runs.addObject()));
        ArrayNode problems = node.putArray("problems");
        plan.problems()
                .forEach(problem ->
                        problems.addObject().put("where", problem.where()).put("problem", problem.what()));
        ArrayNode notIncluded = node.putArray("notIncluded");
        plan.notIncluded()
                .forEach(thing -> notIncluded
                        .addObject()
                        .put("kind", thing.kind())
                        .put("name", thing.name())
                        .put("why", thing.why())
                        .put("remedy", thing.remedy()));
    }

    private static void write(SecretTags tags, ObjectNode node) {
        tags.schedule().ifPresent(schedule -> write(schedule, node.putObject("schedule")));
        write(tags.settings(), node.putObject("settings"));
        node.put("retention", tags.retention().toString());
        node.put("suspicious", tags.suspicionLimits().toString());
        tags.drills().ifPresent(cron -> node.put("drill", cron.toString()));
    }

    private static void write(DumpSchedule schedule, ObjectNode node) {
        node.put("cron", schedule.cron().canonical())
                .put("zone", schedule.zone().getId())
                .put("enabled", schedule.enabled())
                .put("jitter", schedule.jitter().toString())
                .put("catchUp", schedule.catchUp().toString());
    }

    private static void write(DumpSettings settings, ObjectNode node) {
        node.put("format", settings.format().text())
                .put("compression", settings.compression().text());
        settings.jobs().ifPresentOrElse(jobs -> node.put("jobs", jobs), () -> node.put("jobs", "auto"));
        node.put("verify", settings.verify().text())
                .put("globals", settings.globals().text());
        settings.encryptTo().forEach(recipient -> node.withArray("/encryptTo").add(recipient.text()));
        settings.excludeTableData().forEach(node.putArray("excludeTableData")::add);
        settings.schemas().forEach(node.putArray("schemas")::add);
        settings.timeout().ifPresent(timeout -> node.put("timeout", timeout.toString()));
    }

    private static void write(ZonedDateTime run, ObjectNode node) {
        node.put("local", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(run))
                .put("zone", run.getZone().getId())
                .put("utc", run.toInstant().toString());
    }
}
