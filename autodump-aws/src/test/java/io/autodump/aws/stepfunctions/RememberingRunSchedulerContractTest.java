package io.autodump.aws.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.plan.TagsHash;
import io.autodump.core.port.RunScheduler;
import io.autodump.core.port.RunScheduler.Started;
import io.autodump.core.secret.SecretId;
import io.autodump.core.testing.InMemoryRunScheduler;
import io.autodump.testkit.RunSchedulerContract;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RememberingRunSchedulerContractTest extends RunSchedulerContract {
    private final RunScheduler state = new InMemoryRunScheduler();
    private final RunScheduler scheduler = afterRestart();
    private final List<String> asked = new ArrayList<>();

    @Override
    protected RunScheduler scheduler() {
        return scheduler;
    }

    @Override
    protected RunScheduler afterRestart() {
        return new RememberingRunScheduler(state, 10);
    }

    @Test
    void asksForNoNameTwice() {
        RunScheduler remembering = new RememberingRunScheduler(this::ask, 10);

        assertThat(remembering.start(run(1))).isEqualTo(Started.NEW);
        assertThat(remembering.start(run(1))).isEqualTo(Started.ALREADY);
        assertThat(asked).hasSize(1);
    }

    @Test
    void forgetsTheOldestNamesBeyondItsCapacity() {
        RunScheduler remembering = new RememberingRunScheduler(this::ask, 2);
        for (int i = 0; i < 4; i++) {
            remembering.start(run(i));
        }
        remembering.start(run(3));
        remembering.start(run(0));

        assertThat(asked).hasSize(5);
    }

    @Test
    void remembersNoStartThatFailed() {
        RunScheduler failing = new RememberingRunScheduler(
                run -> {
                    asked.add(run.executionName());
                    throw new AutoDumpException(ErrorCode.SCHEDULER_FAILED, "no answer", "try again");
                },
                10);
        assertThat(catchThrowable(() -> failing.start(run(1)))).isNotNull();
        assertThat(catchThrowable(() -> failing.start(run(1)))).isNotNull();

        assertThat(asked).hasSize(2);
    }

    private Started ask(ScheduledRun run) {
        asked.add(run.executionName());
        return state.start(run);
    }

    private static ScheduledRun run(int number) {
        return ScheduledRun.builder()
                .secretId(SecretId.of("orders-" + number))
                .secretName("orders-" + number)
                .when(Instant.EPOCH)
                .tagsHash(new TagsHash("V11"))
                .build();
    }
}
