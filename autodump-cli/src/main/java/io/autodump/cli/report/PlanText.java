package io.autodump.cli.report;

import io.autodump.cli.terminal.Style;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.terminal.Text;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.NotIncluded;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.plan.TagProblems;
import io.autodump.core.schedule.DumpSchedule;
import io.autodump.core.suspicion.SuspicionLimits;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints the plan for a person. Not thread-safe. */
public final class PlanText {
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT);

    private static final int MOST_NOT_INCLUDED = 10;

    private final Terminal terminal;
    private final Style style;
    private final Instant now;

    /** Prints to this terminal, and shows how far runs are from {@code now}. */
    public PlanText(Terminal terminal, Instant now) {
        this.terminal = terminal;
        this.style = terminal.style();
        this.now = now;
    }

    /** Prints the plans, and a summary if there are several. */
    public void print(List<SecretPlan> plans) {
        for (int i = 0; i < plans.size(); i++) {
            if (i > 0) {
                terminal.print("");
            }
            print(plans.get(i));
        }
        if (plans.size() > 1) {
            terminal.print("");
            terminal.print(summary(plans));
        }
    }

    private void print(SecretPlan plan) {
        terminal.print(style.bold(Text.line(plan.name())) + "  " + status(plan));
        plan.problems()
                .forEach(problem -> terminal.print("  " + style.bad(Text.line(problem.where())) + ": "
                        + Text.printable(problem.what()).replace("\n", "\n    ")));
        plan.tags().ifPresent(tags -> {
            tags.schedule().ifPresent(schedule -> field("schedule", schedule(schedule)));
            field("settings", settings(tags.settings()));
            field("retention", tags.retention().toString());
            tags.drills().ifPresent(cron -> field("drills", cron.toString()));
            if (tags.restoreTarget()) {
                field("target", "autodump aws restore may restore into its database");
            }
            if (!tags.suspicionLimits().equals(SuspicionLimits.DEFAULT)) {
                field("suspicious", tags.suspicionLimits().toString());
            }
        });
        plan.hash().ifPresent(hash -> field("tags hash", hash.value()));
        String name = plan.status() == SecretPlan.Status.PAUSED ? "would run" : "next runs";
        for (ZonedDateTime run : plan.runs()) {
            field(name, run(run));
            name = "";
        }
        notIncluded(plan.notIncluded());
    }

    private void notIncluded(List<NotIncluded> things) {
        String name = "left out";
        for (NotIncluded thing : things.subList(0, Math.min(MOST_NOT_INCLUDED, things.size()))) {
            field(name, thing + "; " + thing.remedy());
            name = "";
        }
        if (things.size() > MOST_NOT_INCLUDED) {
            field("", things.size() - MOST_NOT_INCLUDED + " more; the newest dump's manifest lists them all");
        }
    }

    private String status(SecretPlan plan) {
        String text = plan.status().text();
        return switch (plan.status()) {
            case SCHEDULED -> scheduled(plan, text);
            case PAUSED -> style.warning(text) + " by autodump:enabled=false";
            case REPLICA ->
                style.warning(text) + ": dumped in the region of the primary, unless autodump:replicas=dump";
            case ELSEWHERE -> style.warning(text) + ": " + deployment(plan);
            case UNSCHEDULED -> style.warning(text) + ": it has no autodump:start-schedule";
            case INVALID -> style.bad(text) + ": fix its tags; it isn't dumped until then";
        };
    }

    private static String deployment(SecretPlan plan) {
        return plan.tags()
                .flatMap(SecretTags::deployment)
                .map(name -> "dumped by the deployment " + name + " (autodump:deployment)")
                .orElse("it has no autodump:deployment, so the deployment without a name dumps it");
    }

    private String scheduled(SecretPlan plan, String text) {
        TagProblems problems = plan.tags().map(SecretTags::problems).orElse(TagProblems.NONE);
        if (!problems.protection().isEmpty()) {
            return style.bad(text) + ": fix its tags; its dumps fail until then";
        }
        return problems.isEmpty()
                ? style.good(text)
                : style.warning(text) + ": fix its tags; it is dumped with the defaults of these";
    }

    private void field(String name, String value) {
        terminal.print("  " + style.faint(String.format(Locale.ROOT, "%-9s", name)) + "  " + Text.line(value));
    }

    private static String schedule(DumpSchedule schedule) {
        List<String> words = new ArrayList<>();
        words.add(schedule.cron().canonical() + " (" + schedule.cron().inWords() + ")");
        words.add("in " + schedule.zone().getId());
        if (!schedule.jitter().isZero()) {
            words.add("jitter " + Text.duration(schedule.jitter()));
        }
        words.add("catch-up " + Text.duration(schedule.catchUp()));
        return String.join(", ", words);
    }

    private static String settings(DumpSettings settings) {
        List<String> words = new ArrayList<>();
        words.add(settings.format().text());
        words.add(settings.compression().text());
        words.add("jobs " + settings.jobs().map(String::valueOf).orElse("auto"));
        words.add("verify " + settings.verify().text());
        if (settings.isEncrypted()) {
            words.add("encrypted for " + Text.count(settings.encryptTo().size(), "recipient"));
        }
        settings.timeout().ifPresent(timeout -> words.add("timeout " + Text.duration(timeout)));
        if (!settings.schemas().isEmpty()) {
            words.add("only schemas " + String.join(" ", settings.schemas()));
        }
        if (!settings.excludeTableData().isEmpty()) {
            words.add("no rows of " + String.join(" ", settings.excludeTableData()));
        }
        return String.join(", ", words);
    }

    private String run(ZonedDateTime run) {
        return LOCAL.format(run) + "  " + run.toInstant() + "  in "
                + Text.duration(Duration.between(now, run.toInstant()));
    }

    private static String summary(List<SecretPlan> plans) {
        List<String> words = new ArrayList<>();
        for (SecretPlan.Status status : SecretPlan.Status.values()) {
            long number = plans.stream().filter(plan -> plan.status() == status).count();
            if (number > 0) {
                words.add(number + " " + status.text());
            }
        }
        return Text.count(plans.size(), "secret") + ": " + String.join(", ", words);
    }
}
