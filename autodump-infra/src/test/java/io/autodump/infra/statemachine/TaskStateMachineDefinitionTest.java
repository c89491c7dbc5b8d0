package io.autodump.infra.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autodump.core.contract.DumperNames;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What can be seen in the text; that it works is proven by running it, in autodump-e2e. */
class TaskStateMachineDefinitionTest {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+)}");

    @Test
    void hasThePlaceholdersThatItNames() {
        assertThat(PLACEHOLDER
                        .matcher(TaskStateMachineDefinition.render())
                        .results()
                        .map((MatchResult found) -> found.group(1))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(TaskStateMachineDefinition.SUBSTITUTIONS);
    }

    @Test
    void tellsTheContainerWhatToDoByTheNamesThatItReads() throws JsonProcessingException {
        JsonNode job =
                new ObjectMapper().readTree(TaskStateMachineDefinition.render()).at("/States/Run the job");

        assertThat(job.at("/Parameters/ContainerOverrides/Environment"))
                .extracting(variable -> variable.path("Name").textValue())
                .containsExactly(DumperNames.SECRET_ARN, DumperNames.SCHEDULED_AT, DumperNames.EXECUTION_INPUT);
        assertThat(job.path("Retry"))
                .allSatisfy(retrier -> assertThat(retrier.path("ErrorEquals"))
                        .allMatch(error -> error.asText().startsWith("Batch.")));
    }

    @Test
    void everyKindHasItsWords() {
        for (TaskKind kind : TaskKind.values()) {
            assertThat(TaskStateMachineDefinition.SUBSTITUTIONS)
                    .containsAll(kind.words().keySet());
        }
    }
}
