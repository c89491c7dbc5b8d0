package io.autodump.cli.month;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the product shows at one instant, in four places: status, history, metrics and the page. */
final class MonthViews {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> WORST_FIRST = List.of("failed", "missed", "made");

    private final MonthWorld world;
    private final MonthTruth truth;
    private final Instant now;
    private final int exitStatus;
    private final Map<String, JsonNode> status = new HashMap<>();
    private final Map<String, String> metrics = new HashMap<>();
    private final String page;
    private int trouble;

    private MonthViews(MonthWorld world, MonthTruth truth) throws IOException, InterruptedException {
        this.world = world;
        this.truth = truth;
        this.now = world.now();
        MonthWorld.Result printed = world.command("status", "--json");
        exitStatus = printed.exitStatus();
        JSON.readTree(printed.out()).path("databases").forEach(node -> status.put(name(node), node));
        List<String> pages = world.pages("/metrics", "/");
        pages.get(0)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(
                        line -> assertThat(metrics.put(line.replaceFirst(" [^ ]+$", ""), line.replaceFirst("^.* ", "")))
                                .as("no two values of %s", line)
                                .isNull());
        page = pages.get(1);
    }

    static void check(MonthWorld world, MonthTruth truth) throws IOException, InterruptedException {
        MonthViews views = new MonthViews(world, truth);
        for (MonthDatabase database : MonthDatabase.ALL) {
            views.check(database);
        }
        views.checkTogether();
    }

    private static String name(JsonNode node) {
        return node.path("name").asText()
                + (node.has("database") ? "/" + node.path("database").asText() : "");
    }

    private void check(MonthDatabase database) throws IOException {
        // The databases of a server are known from its first dump on.
        Optional<JsonNode> known = Optional.ofNullable(status.get(database.name()));
        if (known.isEmpty()) {
            assertThat(truth.newestDump(database, now)).isEmpty();
            return;
        }
        checkStatus(database, known.get());
        NavigableMap<Instant, String> history = history(world, database);
        assertThat(history).as("history of %s", database.name()).isEqualTo(truth.runs(database, now));
        checkMetrics(database, known.get(), history);
        checkPage(database, known.get(), history);
    }

    private void checkStatus(MonthDatabase database, JsonNode node) {
        String state = truth.state(database, now);
        boolean overdue = truth.isWithoutDueDump(database, now);
        assertThat(node.path("status").asText())
                .as("status of %s", database.name())
                .isEqualTo(state);
        assertThat(node.path("needsOperator").asBoolean()).isEqualTo(overdue || state.equals("failing"));
        assertThat(instant(node.path("lastGoodDump").path("scheduledAt"))).isEqualTo(truth.newestDump(database, now));
        assertThat(instant(node.path("nextRun")))
                .as("next run of %s", database.name())
                .isEqualTo(truth.nextRun(database, now));
        trouble += node.path("needsOperator").asBoolean() ? 1 : 0;
    }

    /** The outcomes by their instants, as the command prints them. */
    static NavigableMap<Instant, String> history(MonthWorld world, MonthDatabase database) throws IOException {
        TreeMap<Instant, String> runs = new TreeMap<>();
        String printed = world.command("history", database.secret(), "--limit", "1000", "--json")
                .out();
        for (JsonNode run : JSON.readTree(printed).path("runs")) {
            if (!run.has("database")
                    || Optional.of(run.path("database").asText()).equals(database.database())) {
                Instant at = Instant.parse(run.path("scheduledAt").asText());
                String outcome = run.path("outcome").asText();
                assertThat(runs.put(at, outcome)).as("%s ended twice", at).isNull();
            }
        }
        return runs;
    }

    private void checkMetrics(MonthDatabase database, JsonNode node, Map<Instant, String> history) {
        String label = "{database=\"" + database.name() + "\"";
        long bad = history.entrySet().stream()
                .filter(run -> run.getKey().isAfter(now.minus(Duration.ofDays(1))))
                .filter(run -> !run.getValue().equals("made"))
                .count();
        assertThat(metrics)
                .as("metrics of %s", database.name())
                .containsEntry(
                        "autodump_state" + label + ",state=\""
                                + node.path("status").asText() + "\"}",
                        "1")
                .containsEntry(
                        "autodump_needs_operator" + label + "}",
                        node.path("needsOperator").asBoolean() ? "1" : "0")
                .containsEntry("autodump_overdue" + label + "}", truth.isWithoutDueDump(database, now) ? "1" : "0")
                .containsEntry("autodump_failed_runs" + label + "}", String.valueOf(bad));
        seconds(
                "autodump_last_good_dump_timestamp_seconds" + label,
                node.path("lastGoodDump").path("finishedAt"));
        seconds("autodump_next_run_timestamp_seconds" + label, node.path("nextRun"));
        seconds(
                "autodump_last_failure_timestamp_seconds" + label,
                node.path("lastFailure").path("failedAt"));
    }

    private void seconds(String metric, JsonNode instant) {
        assertThat(Optional.ofNullable(metrics.get(metric + "}")))
                .as(metric)
                .isEqualTo(instant(instant).map(at -> String.valueOf(at.getEpochSecond())));
    }

    private static Optional<Instant> instant(JsonNode node) {
        return Optional.ofNullable(node.textValue()).map(Instant::parse);
    }

    private void checkPage(MonthDatabase database, JsonNode node, Map<Instant, String> history) {
        Matcher row = Pattern.compile("scope=\"row\">" + database.name() + "</th>(.*?)</tr>", Pattern.DOTALL)
                .matcher(page);
        assertThat(row.find()).as("row of %s", database.name()).isTrue();
        assertThat(row.group(1))
                .as("row of %s", database.name())
                .contains("\">" + node.path("status").asText() + "</span>")
                .contains("aria-label=\"Last 60 days: " + days(history) + " without a run\"");
        assertThat(page.contains("<li><h3>" + database.name() + " <span"))
                .as("card of %s", database.name())
                .isEqualTo(node.path("needsOperator").asBoolean());
    }

    /** The worst outcome of each day in UTC, counted, as the page says it. */
    private static String days(Map<Instant, String> history) {
        Map<LocalDate, String> worst = new HashMap<>();
        history.forEach((at, outcome) -> worst.merge(
                at.atZone(ZoneOffset.UTC).toLocalDate(),
                outcome,
                (one, other) -> WORST_FIRST.indexOf(one) < WORST_FIRST.indexOf(other) ? one : other));
        StringBuilder words = new StringBuilder();
        for (String outcome : List.of("made", "missed", "failed")) {
            long number = worst.values().stream().filter(outcome::equals).count();
            if (number > 0) {
                words.append(count(number)).append(' ').append(outcome).append(", ");
            }
        }
        return words + count(60L - worst.size());
    }

    private static String count(long days) {
        return days + (days == 1 ? " day" : " days");
    }

    private void checkTogether() {
        String headline = trouble == 0
                ? "protected"
                : trouble + " of " + status.size() + (trouble == 1 ? " databases needs you" : " databases need you");
        assertThat(exitStatus).isEqualTo(trouble == 0 ? 0 : 6);
        assertThat(page).containsPattern("<h1>[^<]*" + headline + "</h1>");
        assertThat(metrics).containsEntry("autodump_status_success", "1");
    }
}
