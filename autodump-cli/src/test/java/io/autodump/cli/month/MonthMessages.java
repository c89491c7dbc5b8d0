package io.autodump.cli.month;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The messages that must arrive, followed from tick to tick: each is the type, the database, the instant of the run and
 * sometimes a number.
 */
final class MonthMessages {
    private static final JsonMapper JSON = new JsonMapper();

    private final MonthTruth truth;
    private final List<String> expected = new ArrayList<>();
    private final Map<String, NavigableMap<Instant, String>> known = new HashMap<>();
    private final Map<String, Trouble> troubles = new HashMap<>();

    /** What was said about a database that has no good news yet. */
    private static final class Trouble {
        private Optional<Instant> overdueSince = Optional.empty();
        private long days;

        boolean isNews(Instant now) {
            long passed = overdueSince
                    .map(since -> Duration.between(since, now).toDays())
                    .orElse(-1L);
            boolean news = overdueSince.isEmpty() || passed > days;
            overdueSince = Optional.of(overdueSince.orElse(now));
            days = Math.max(0, passed);
            return news;
        }
    }

    MonthMessages(MonthTruth truth) {
        this.truth = truth;
    }

    List<String> expected() {
        return expected.stream().sorted().toList();
    }

    /** Follows one round of the scheduler. */
    void tick(Instant now) {
        for (MonthDatabase database : MonthDatabase.ALL) {
            NavigableMap<Instant, String> before = known.getOrDefault(database.name(), new TreeMap<>());
            NavigableMap<Instant, String> after = truth.ended(database, now);
            List<Instant> missed = new ArrayList<>();
            after.keySet().removeAll(before.keySet());
            after.forEach((run, outcome) -> failed(database, run, outcome, missed));
            missed(database, missed);
            after.forEach((run, outcome) -> made(database, run, outcome));
            before.putAll(after);
            known.put(database.name(), before);
        }
    }

    private void failed(MonthDatabase database, Instant run, String outcome, List<Instant> missed) {
        if (outcome.equals("failed")) {
            expected.add("failed " + database.name() + " " + run);
            troubles.computeIfAbsent(database.name(), any -> new Trouble());
        } else if (outcome.equals("missed")) {
            missed.add(run);
        }
    }

    /** A secret with several databases misses its runs once. */
    private void missed(MonthDatabase database, List<Instant> runs) {
        if (!runs.isEmpty() && !database.name().equals("erp/hr")) {
            expected.add("missed " + database.secret() + " " + runs.get(0) + " " + (runs.size() - 1));
            troubles.computeIfAbsent(database.secret(), any -> new Trouble());
        }
    }

    private void made(MonthDatabase database, Instant run, String outcome) {
        if (!outcome.equals("made")) {
            return;
        }
        expected.add("succeeded " + database.name() + " " + run);
        boolean whole = troubles.remove(database.secret()) != null;
        if (troubles.remove(database.name()) != null || whole) {
            expected.add("recovered " + database.name() + " " + run);
        }
    }

    /** Follows a look at the status. */
    void look(Instant now) {
        Map<String, List<MonthDatabase>> untold = new HashMap<>();
        for (MonthDatabase database : MonthDatabase.ALL) {
            if (truth.isPaused(database, now)) {
                troubles.remove(database.name());
            } else if (truth.isWithoutDueDump(database, now)
                    && troubles.computeIfAbsent(database.name(), any -> new Trouble())
                            .isNews(now)) {
                untold.computeIfAbsent(database.secret(), any -> new ArrayList<>())
                        .add(database);
            }
        }
        untold.forEach((secret, databases) -> expected.add("overdue "
                + (databases.size() == 1 ? databases.get(0).name() : secret) + " "
                + troubles.get(databases.get(0).name()).days));
    }

    /** The messages that a webhook received, in the same words. */
    static List<String> received(List<String> bodies) throws IOException {
        List<String> words = new ArrayList<>();
        for (String body : bodies) {
            words.add(words(JSON.readTree(body)));
        }
        return words.stream().sorted().toList();
    }

    private static String words(JsonNode event) {
        String type = event.path("type").asText();
        String words = type + " " + name(event) + " ";
        return switch (type) {
            case "overdue" -> words + event.path("days").asLong();
            case "missed" ->
                words + event.path("scheduledAt").asText() + " "
                        + event.path("later").asInt();
            default -> words + event.path("scheduledAt").asText();
        };
    }

    private static String name(JsonNode event) {
        String secret = event.path("secretName").asText();
        boolean several = event.has("database") && secret.equals("erp");
        return secret + (several ? "/" + event.path("database").asText() : "");
    }

    /** The subjects of the mails about the same events: of all but successes. */
    static List<String> subjects(List<String> bodies) throws IOException {
        List<String> subjects = new ArrayList<>();
        for (String body : bodies) {
            JsonNode event = JSON.readTree(body);
            title(event).ifPresent(title -> subjects.add(name(event) + ": " + title));
        }
        return subjects;
    }

    private static Optional<String> title(JsonNode event) {
        int later = event.path("later").asInt();
        int days = event.path("days").asInt();
        return switch (event.path("type").asText()) {
            case "failed" ->
                Optional.of("the dump failed (" + event.path("code").asText() + ")");
            case "missed" -> Optional.of(later == 0 ? "a run was missed" : later + 1 + " runs were missed");
            case "overdue" ->
                Optional.of(
                        days == 0
                                ? "the dump is overdue"
                                : "the dump has been overdue for " + days + (days == 1 ? " day" : " days"));
            case "recovered" -> Optional.of("there is a dump again");
            default -> Optional.empty();
        };
    }

    /** The calls that a dead man's switch of this secret must get, by their ending. */
    static Map<String, Long> pings(List<String> paths, String secret) {
        Map<String, Long> calls = new HashMap<>();
        for (String ending : List.of("", "/start", "/fail")) {
            calls.put(ending, paths.stream().filter((secret + ending)::equals).count());
        }
        return calls;
    }
}
