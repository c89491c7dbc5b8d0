package io.autodump.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.core.error.InvalidInputException;
import io.autodump.core.error.Problem;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.plan.TagsHash;
import io.autodump.core.secret.SecretId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ExecutionInputJsonTest {
    private static final ScheduledRun RUN = ScheduledRun.builder()
            .secretId(SecretId.of("orders"))
            .secretName("orders")
            .tagsHash(new TagsHash("V13031263314239778"))
            .when(Instant.parse("2026-11-22T08:00:00Z"))
            .build();

    @Test
    void readsAnExecutionOfTheOriginalSystem() {
        String original =
                "{\"resourceId\":\"orders\",\"tagsHash\":\"V13031263314239778\",\"when\":\"2026-11-22T08:00:00.000Z\"}";

        assertThat(ExecutionInputJson.parse("execution", original, SecretId::value))
                .isEqualTo(RUN);
    }

    @Test
    void readsBackWhatItWrites() {
        assertThat(ExecutionInputJson.parse("execution", ExecutionInputJson.write(RUN), SecretId::value))
                .isEqualTo(RUN);
    }

    @Test
    void readsAnInputWithAStartToken() {
        String input = ExecutionInputJson.write(RUN, "6f1c");

        assertThat(input).contains("\"startToken\" : \"6f1c\"");
        assertThat(ExecutionInputJson.parse("execution", input, SecretId::value))
                .isEqualTo(RUN);
    }

    @Test
    void reportsEveryFieldThatIsWrongAtOnce() {
        InvalidInputException invalid = catchThrowableOfType(
                InvalidInputException.class,
                () -> ExecutionInputJson.parse(
                        "execution", "{\"resourceId\":\"\",\"tagsHash\":\"V9\",\"when\":1}", SecretId::value));

        assertThat(invalid.problems())
                .extracting(Problem::where)
                .containsExactlyInAnyOrder("resourceId", "tagsHash", "when");
    }
}
