package io.autodump.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.autodump.core.copy.CopyStatus;
import io.autodump.core.usecase.status.DatabaseOverview;
import io.autodump.core.usecase.status.DatabaseStatus;
import io.autodump.core.usecase.status.DatabaseStatus.State;
import io.autodump.local.notify.ChannelState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The dashboard in {@code examples/} asks for metrics and labels that the page of metrics has. */
class GrafanaDashboardTest {
    private static final Path FILE = Path.of("..", "examples", "grafana", "autodump.json");
    private static final Pattern METRIC = Pattern.compile("\\bautodump_\\w+");
    private static final Pattern MATCHER = Pattern.compile("[{,]\\s*(\\w+)\\s*(?:=~|!~|!=|=)\"");
    private static final Pattern LEGEND = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");
    private static final Pattern VALUES_OF = Pattern.compile("label_values\\((\\w+), (\\w+)\\)");

    private final JsonNode dashboard = new JsonMapper().readTree(FILE.toFile());
    private final Map<String, Set<String>> labels = labels();

    GrafanaDashboardTest() throws IOException {}

    /** The labels of each metric, of a page that has all of them. */
    private static Map<String, Set<String>> labels() {
        DatabaseOverview orders = SampleOverview.database("orders", State.FAILING, 1000, 2);
        DatabaseStatus copied = DatabaseStatus.builder()
                .from(orders.status())
                .addCopies(new CopyStatus("disk", orders.dumps().subList(0, 1), List.of()))
                .build();
        ChannelState hook =
                new ChannelState("hook", Optional.empty(), 1, Optional.of(Instant.EPOCH), Optional.of("no answer"));
        Map<String, Set<String>> labels = new HashMap<>();
        Metrics.of(
                        SampleOverview.of(List.of(new DatabaseOverview(copied, orders.dumps(), orders.runs()))),
                        List.of(hook))
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> labels.computeIfAbsent(line.split("[{ ]", 2)[0], any -> new HashSet<>())
                        .addAll(groups(MATCHER, line)));
        return labels;
    }

    private static List<String> groups(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }

    @Test
    void asksForMetricsAndLabelsThatExist() {
        List<String> queries = new ArrayList<>();
        for (JsonNode panel : dashboard.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                String query = target.path("expr").asText();
                queries.add(query);
                check(query, groups(LEGEND, target.path("legendFormat").asText()));
            }
        }

        assertThat(queries).hasSizeGreaterThanOrEqualTo(dashboard.path("panels").size());
    }

    private void check(String query, List<String> legend) {
        List<String> metrics =
                METRIC.matcher(query).results().map(MatchResult::group).toList();
        assertThat(metrics).as(query).isNotEmpty();
        for (String metric : metrics) {
            assertThat(labels).as(query).containsKey(metric);
            assertThat(labels.get(metric))
                    .as(query)
                    .containsAll(groups(MATCHER, query))
                    .containsAll(legend);
        }
    }

    @Test
    void knowsTheValuesOfItsVariables() {
        for (JsonNode variable : dashboard.path("templating").path("list")) {
            VALUES_OF
                    .matcher(variable.path("query").asText())
                    .results()
                    .forEach(found -> assertThat(labels.get(found.group(1)))
                            .as(found.group())
                            .contains(found.group(2)));
        }
        assertThat(dashboard.toString()).contains("label_values(");
    }

    /** Every metric that the docs promise, but those that other panels tell as well, is somewhere in the dashboard. */
    @Test
    void leavesOutNoTrouble() {
        assertThat(dashboard.toString())
                .contains(
                        "autodump_needs_operator",
                        "autodump_overdue",
                        "autodump_failed_runs",
                        "autodump_missing_copies",
                        "autodump_last_proven_dump_timestamp_seconds",
                        "autodump_channel_lost_notices",
                        "autodump_status_success");
    }

    @Test
    void hasWhatGrafanaNeedsToImportIt() {
        Set<Integer> ids = new HashSet<>();
        Set<String> places = new HashSet<>();
        for (JsonNode panel : dashboard.path("panels")) {
            String title = panel.path("title").asText();
            JsonNode place = panel.path("gridPos");
            assertThat(ids.add(panel.path("id").asInt())).as(title).isTrue();
            assertThat(panel.path("type").asText()).as(title).isIn("stat", "table", "bargauge", "timeseries");
            assertThat(panel.path("datasource").path("uid").asText()).as(title).isEqualTo("${datasource}");
            assertThat(place.path("x").asInt() + place.path("w").asInt())
                    .as(title)
                    .isBetween(1, 24);
            for (int x = 0; x < place.path("w").asInt(); x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    String square =
                            place.path("x").asInt() + x + "," + (place.path("y").asInt() + y);
                    assertThat(places.add(square))
                            .as("%s covers another panel", title)
                            .isTrue();
                }
            }
        }
        assertThat(dashboard.path("schemaVersion").asInt()).isPositive();
        assertThat(dashboard.path("uid").asText()).isNotEmpty();
        assertThat(dashboard.has("id")).as("an id is that of one installation").isFalse();
    }
}
