package io.autodump.cli.page;

import io.autodump.core.dump.DumpManifest;
import io.autodump.core.record.FailedRun;
import io.autodump.core.usecase.status.DatabaseOverview;
import io.autodump.core.usecase.status.DatabaseStatus;
import io.autodump.core.usecase.status.DatabaseStatus.State;
import io.autodump.core.usecase.status.HistoryEntry.Outcome;
import io.autodump.core.usecase.status.OverviewReport;
import io.autodump.local.notify.ChannelState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The status of all databases in the text format of Prometheus. {@code docs/monitoring.md} lists the metrics. */
final class Metrics {
    private static final double MILLIS = 1000.0;

    private final StringBuilder out = new StringBuilder();
    private final OverviewReport report;

    private Metrics(OverviewReport report) {
        this.report = report;
    }

    static String of(OverviewReport report, List<ChannelState> channels) {
        Metrics metrics = new Metrics(report);
        metrics.databases();
        metrics.gauge("autodump_channel_lost_notices", "Notices that a channel has lost since it last delivered one.");
        channels.forEach(channel -> metrics.value(
                "autodump_channel_lost_notices", "channel=\"" + escaped(channel.name()) + "\"", channel.failures()));
        metrics.gauge("autodump_status_success", "Whether everything could be read.");
        metrics.value("autodump_status_success", "", report.failures().isEmpty() ? 1 : 0);
        metrics.gauge("autodump_status_timestamp_seconds", "When the databases were looked at.");
        metrics.value("autodump_status_timestamp_seconds", "", seconds(report.checkedAt()));
        return metrics.out.toString();
    }

    /** When nothing is known, because the store can't be read. */
    static String unknown() {
        return """
                # HELP autodump_status_success Whether everything could be read.
                # TYPE autodump_status_success gauge
                autodump_status_success 0
                """;
    }

    private void databases() {
        good(
                "autodump_last_good_dump_timestamp_seconds",
                "When the last good dump was finished.",
                dump -> seconds(dump.finishedAt()));
        good(
                "autodump_last_good_dump_age_seconds",
                "How old the last good dump is.",
                dump -> Duration.between(dump.finishedAt(), report.checkedAt()).toMillis() / MILLIS);
        good("autodump_last_good_dump_size_bytes", "The size of the last good dump.", dump ->
                (double) dump.storedBytes());
        good(
                "autodump_last_good_dump_duration_seconds",
                "How long the last good dump took.",
                dump -> Duration.between(dump.startedAt(), dump.finishedAt()).toMillis() / MILLIS);
        each(
                "autodump_last_proven_dump_timestamp_seconds",
                "When the last dump that a restore has proven was finished.",
                each -> each.lastProven().map(dump -> seconds(dump.finishedAt())));
        each(
                "autodump_last_failure_timestamp_seconds",
                "When an attempt last failed or a run was found missed.",
                each -> each.lastFailure().map(FailedRun::failedAt).map(Metrics::seconds));
        each(
                "autodump_next_run_timestamp_seconds",
                "When the next run is due.",
                each -> each.nextRun().map(Metrics::seconds));
        each(
                "autodump_overdue",
                "Whether there is no dump of the run that must have ended by now.",
                each -> Optional.of(each.isWithoutDueDump() ? 1.0 : 0.0));
        each(
                "autodump_needs_operator",
                "Whether an operator must act.",
                each -> Optional.of(each.needsOperator() ? 1.0 : 0.0));
        copies();
        states();
        runs();
    }

    private void good(String name, String help, Function<DumpManifest, Double> value) {
        each(name, help, status -> status.lastGood().map(value));
    }

    private void each(String name, String help, Function<DatabaseStatus, Optional<Double>> value) {
        gauge(name, help);
        for (DatabaseOverview database : report.databases()) {
            value.apply(database.status()).ifPresent(number -> value(name, label(database), number));
        }
    }

    private void copies() {
        gauge("autodump_missing_copies", "How many of the newest dumps should have a copy in a store and have none.");
        for (DatabaseOverview database : report.databases()) {
            database.status()
                    .copies()
                    .forEach(copy -> value(
                            "autodump_missing_copies",
                            label(database) + ",store=\"" + escaped(copy.store()) + "\"",
                            copy.missing().size()));
        }
    }

    private void states() {
        gauge("autodump_state", "1 for the state of the database, 0 for the other states.");
        for (DatabaseOverview database : report.databases()) {
            for (State state : State.values()) {
                value(
                        "autodump_state",
                        label(database) + ",state=\"" + state.text() + "\"",
                        database.status().state() == state ? 1 : 0);
            }
        }
    }

    private void runs() {
        gauge("autodump_failed_runs", "Runs of the last 24 hours that made no dump.");
        Instant dayAgo = report.checkedAt().minus(Duration.ofDays(1));
        for (DatabaseOverview database : report.databases()) {
            long failed = database.runs().stream()
                    .filter(run -> run.scheduledAt().isAfter(dayAgo))
                    .filter(run -> run.outcome() == Outcome.FAILED || run.outcome() == Outcome.MISSED)
                    .count();
            value("autodump_failed_runs", label(database), (double) failed);
        }
    }

    private void gauge(String name, String help) {
        out.append("# HELP ")
                .append(name)
                .append(' ')
                .append(help)
                .append("\n# TYPE ")
                .append(name)
                .append(" gauge\n");
    }

    private void value(String name, String labels, double value) {
        out.append(name);
        if (!labels.isEmpty()) {
            out.append('{').append(labels).append('}');
        }
        boolean whole = value == Math.rint(value);
        out.append(' ')
                .append(String.format(Locale.ROOT, whole ? "%.0f" : "%.3f", value))
                .append('\n');
    }

    private static String label(DatabaseOverview database) {
        return "database=\"" + escaped(database.status().displayName()) + "\"";
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static double seconds(Instant at) {
        return at.toEpochMilli() / MILLIS;
    }
}
