package io.autodump.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.usecase.schedule.ScanResult;
import io.autodump.core.usecase.schedule.SecretOutcome;
import io.autodump.core.usecase.schedule.SecretOutcome.Status;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The result of a scan, for programs and for people. */
final class ScanResultJson {
    private static final int SCHEMA_VERSION = 1;
    /**
     * Lambda accepts a response of 6 MB (quotas, "Invocation payload"). An outcome has about 300 bytes, rarely 1,000.
     */
    private static final int MOST_SECRETS = 5_000;
    /** Limits the message of a failure, so that it is readable where Lambda shows it. */
    private static final int MOST_TROUBLES = 50;

    private ScanResultJson() {}

    /** Names every secret. Beyond 5,000, secrets that need no attention are only counted; the log names them. */
    static String write(ScanResult result) {
        ObjectNode node = Message.MAPPER
                .createObjectNode()
                .put("schemaVersion", SCHEMA_VERSION)
                .put("clean", result.isClean());
        counts(result).forEach(node.putObject("counts")::put);
        var secrets = node.putArray("secrets");
        boolean all = result.outcomes().size() <= MOST_SECRETS;
        result.outcomes().stream()
                .filter(outcome -> all
                        || outcome.isTrouble()
                        || outcome.caughtUp().isPresent()
                        || outcome.drill().isPresent())
                .limit(MOST_SECRETS)
                .forEach(outcome -> secrets.add(node(outcome)));
        node.put("secretsNotShown", result.outcomes().size() - secrets.size());
        result.listingFailure().ifPresent(why -> node.put("listingFailure", why));
        return node.toString();
    }

    static String write(SecretOutcome outcome) {
        return node(outcome).toString();
    }

    static ObjectNode node(SecretOutcome outcome) {
        ObjectNode node = Message.MAPPER
                .createObjectNode()
                .put("secretArn", outcome.secretId().value())
                .put("secretName", outcome.secretName())
                .put("status", word(outcome.status()));
        outcome.nextRun().ifPresent(run -> put(node, "nextRun", run));
        outcome.caughtUp().ifPresent(run -> put(node, "caughtUp", run));
        if (!outcome.problems().isEmpty()) {
            var problems = node.putArray("problems");
            outcome.problems().forEach(problem -> problems.add(problem.toString()));
        }
        outcome.failure().ifPresent(why -> node.put("failure", why));
        outcome.drill().ifPresent(drill -> put(node, "drill", drill));
        return node;
    }

    /** Returns the number of secrets per status, and {@code listing-failure}: 1 if the list is incomplete, else 0. */
    static Map<String, Integer> counts(ScanResult result) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Status status : Status.values()) {
            counts.put(word(status), 0);
        }
        result.outcomes().forEach(outcome -> counts.merge(word(outcome.status()), 1, Integer::sum));
        counts.put("caught-up", (int) result.outcomes().stream()
                .filter(outcome -> outcome.caughtUp().isPresent())
                .count());
        counts.put("listing-failure", result.listingFailure().isPresent() ? 1 : 0);
        return counts;
    }

    /** Names the secrets that need attention, and why. */
    static String summary(ScanResult result) {
        List<SecretOutcome> troubles =
                result.outcomes().stream().filter(SecretOutcome::isTrouble).toList();
        String heads = ErrorCode.SCAN_INCOMPLETE.id() + " " + troubles.size() + " of "
                + result.outcomes().size() + " secrets need attention; all others are done";
        String listing = result.listingFailure()
                .map(why -> "\n  the list of secrets is incomplete: " + why)
                .orElse("");
        String lines = troubles.stream()
                .limit(MOST_TROUBLES)
                .map(outcome -> "\n  " + outcome.secretName() + ": " + word(outcome.status()) + why(outcome))
                .collect(Collectors.joining());
        String more = troubles.size() > MOST_TROUBLES
                ? "\n  and " + (troubles.size() - MOST_TROUBLES) + " more, each in the log"
                : "";
        return heads + listing + lines + more;
    }

    static String word(Status status) {
        return status.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String why(SecretOutcome outcome) {
        String problems =
                outcome.problems().stream().map(problem -> "; " + problem).collect(Collectors.joining());
        return problems + outcome.failure().map(why -> "; " + why).orElse("");
    }

    private static void put(ObjectNode node, String name, ScheduledRun run) {
        node.putObject(name)
                .put("when", run.when().toString())
                .put("tagsHash", run.tagsHash().value())
                .put("executionName", run.executionName());
    }
}
