package io.autodump.infra.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.autodump.core.contract.DumperNames;
import io.autodump.core.contract.EventNames;
import io.autodump.core.error.ErrorCategory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What can be seen in the text; that it works is proven by running it, in autodump-e2e. */
class DumpStateMachineDefinitionTest {
    private static final JsonNode MACHINE = parse(DumpStateMachineDefinition.render());
    private static final Map<String, JsonNode> STATES = states(MACHINE, new LinkedHashMap<>());

    @Test
    void waitsForTheInstantOfTheInputWithoutAnyTimeout() {
        JsonNode wait = MACHINE.path("States").path(MACHINE.path("StartAt").textValue());

        assertThat(wait.path("Type").textValue()).isEqualTo("Wait");
        assertThat(wait.path("TimestampPath").textValue()).isEqualTo("$.when");
        assertThat(MACHINE.has("TimeoutSeconds")).isFalse();
    }

    @Test
    void retriesAndCatchesInEveryTask() {
        assertThat(tasks()).hasSize(9).allSatisfy(task -> {
            assertThat(task.path("Retry")).isNotEmpty().allSatisfy(retrier -> {
                assertThat(retrier.path("BackoffRate").doubleValue()).isGreaterThan(1);
                assertThat(retrier.path("MaxDelaySeconds").intValue()).isPositive();
            });
            assertThat(task.path("Catch").path(0).path("ErrorEquals").path(0).textValue())
                    .isEqualTo("States.ALL");
        });
    }

    @Test
    void retriesAThrottledLambdaLongerThanAFunctionThatFails() {
        assertThat(schedulingTasks()).hasSize(3).allSatisfy(task -> {
            assertThat(texts(task.path("Retry").path(1).path("ErrorEquals")))
                    .contains("Lambda.TooManyRequestsException", "Lambda.ServiceException");
            assertThat(texts(task.path("Retry").path(2).path("ErrorEquals"))).containsExactly("States.ALL");
            assertThat(task.path("Retry").path(1).path("MaxAttempts").intValue())
                    .isGreaterThan(
                            task.path("Retry").path(2).path("MaxAttempts").intValue());
        });
    }

    /** Full jitter draws each pause from zero on, so that all attempts may be over within seconds. */
    @Test
    void waitsForASnapshotForHalfAnHourAndForAnythingElseForMinutes() {
        assertThat(schedulingTasks()).hasSize(3).allSatisfy(task -> {
            JsonNode snapshot = task.path("Retry").path(0);
            assertThat(texts(snapshot.path("ErrorEquals")))
                    .contains("Lambda.SnapStartNotReadyException", "Lambda.ResourceNotReadyException");
            assertThat(snapshot.path("JitterStrategy").textValue()).isEqualTo("NONE");
            assertThat(seconds(snapshot)).isGreaterThan(30 * 60);
            assertThat(task.path("Retry").path(2).path("JitterStrategy").textValue())
                    .isEqualTo("NONE");
            assertThat(seconds(task.path("Retry").path(2))).isGreaterThan(10 * 60);
        });
    }

    private static double seconds(JsonNode retrier) {
        double pause = retrier.path("IntervalSeconds").doubleValue();
        double sum = 0;
        for (int attempt = 0; attempt < retrier.path("MaxAttempts").intValue(); attempt++) {
            sum += Math.min(pause, retrier.path("MaxDelaySeconds").doubleValue());
            pause *= retrier.path("BackoffRate").doubleValue();
        }
        return sum;
    }

    @Test
    void doesNotSubmitAJobAgainThatFailedByItself() {
        assertThat(tasks("batch:submitJob.sync"))
                .singleElement()
                .satisfies(task -> assertThat(task.path("Retry"))
                        .allSatisfy(retrier -> assertThat(texts(retrier.path("ErrorEquals")))
                                .allMatch(error -> error.startsWith("Batch."))));
    }

    @Test
    void letsBatchRepeatOnlyAnAttemptThatDidNotEndByItself() {
        JsonNode strategy = state("Dump").path("Parameters").path("RetryStrategy");

        assertThat(strategy.path("Attempts").intValue()).isEqualTo(3);
        assertThat(strategy.path("EvaluateOnExit"))
                .extracting(rule -> rule.path("OnExitCode").textValue() + " "
                        + rule.path("Action").textValue())
                .containsExactlyElementsOf(Arrays.stream(ErrorCategory.values())
                        .map(category -> category.exitStatus() + " EXIT")
                        .toList());
    }

    @Test
    void tellsTheContainerWhatToDumpByTheNamesThatItReads() {
        JsonNode environment =
                state("Dump").path("Parameters").path("ContainerOverrides").path("Environment");

        assertThat(environment)
                .extracting(variable -> variable.path("Name").textValue())
                .containsExactly(DumperNames.SECRET_ARN, DumperNames.SCHEDULED_AT);
    }

    @Test
    void labelsTheNotificationAsTheEventsAre() {
        JsonNode parameters = state("Notify").path("Parameters");

        assertThat(parameters
                        .path("MessageAttributes")
                        .path(EventNames.TYPE_ATTRIBUTE)
                        .path("StringValue")
                        .textValue())
                .isEqualTo("failed");
        assertThat(state("Describe the missing dump")
                        .path("Parameters")
                        .path("subject")
                        .textValue())
                .isEqualTo(EventNames.FAILED);
    }

    @Test
    void namesAllOfItsPlaceholdersAndNoOther() {
        List<String> found = Pattern.compile("\\$\\{(\\w+)}")
                .matcher(DumpStateMachineDefinition.render())
                .results()
                .map((MatchResult match) -> match.group(1))
                .distinct()
                .toList();

        assertThat(found).containsExactlyInAnyOrderElementsOf(DumpStateMachineDefinition.SUBSTITUTIONS);
    }

    @Test
    void callsNoTwoStatesTheSameAlsoInDifferentBranches() {
        long entries = Pattern.compile("\"Type\": \"(Wait|Task|Choice|Pass|Parallel|Succeed|Fail)\"")
                .matcher(DumpStateMachineDefinition.render())
                .results()
                .count();

        assertThat((long) STATES.size()).isEqualTo(entries);
        assertThat(STATES.keySet()).allMatch(name -> name.length() <= 80);
    }

    /** A run fails without these. It ends as well without the functions that record and prune. */
    private static List<JsonNode> schedulingTasks() {
        return tasks("lambda:invoke").stream()
                .filter(task ->
                        !task.path("Parameters").path("FunctionName").asText().matches(".*(Record|Prune)FunctionArn.*"))
                .toList();
    }

    private static JsonNode state(String name) {
        return STATES.getOrDefault(name, MACHINE.path("nothing"));
    }

    private static List<JsonNode> tasks(String... resourceEnds) {
        return STATES.values().stream()
                .filter(state -> state.path("Type").asText().equals("Task"))
                .filter(state -> resourceEnds.length == 0
                        || Arrays.stream(resourceEnds)
                                .anyMatch(end -> state.path("Resource").asText().endsWith(":" + end)))
                .toList();
    }

    private static Map<String, JsonNode> states(JsonNode machine, Map<String, JsonNode> found) {
        machine.path("States").properties().forEach(entry -> {
            found.put(entry.getKey(), entry.getValue());
            entry.getValue().path("Branches").forEach(branch -> states(branch, found));
        });
        return found;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.textValue()));
        return texts;
    }

    private static JsonNode parse(String text) {
        try {
            return new JsonMapper().readTree(text);
        } catch (IOException notJson) {
            throw new AssertionError("the definition isn't JSON", notJson);
        }
    }
}
