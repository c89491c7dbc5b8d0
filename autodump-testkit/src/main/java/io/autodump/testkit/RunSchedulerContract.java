package io.autodump.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.plan.TagsHash;
import io.autodump.core.port.RunScheduler;
import io.autodump.core.port.RunScheduler.Started;
import io.autodump.core.secret.SecretId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The contract of {@link RunScheduler}. */
public abstract class RunSchedulerContract {
    private static final ScheduledRun RUN = run("orders", "2126-11-22T08:00:00Z", "V2" + "0".repeat(32));

    /** Returns the scheduler under test; empty when a test begins, and the same one during a test. */
    protected abstract RunScheduler scheduler();

    /**
     * Returns the scheduler as a new process would create it: with the same state, and nothing remembered in memory.
     */
    protected abstract RunScheduler afterRestart();

    @Test
    void startsARunOnce() {
        assertThat(scheduler().start(RUN)).as("RunScheduler.start: a new run").isEqualTo(Started.NEW);
        assertThat(scheduler().start(RUN))
                .as("RunScheduler.start: the same run again")
                .isEqualTo(Started.ALREADY);
    }

    @Test
    void remembersRunsOverARestart() {
        scheduler().start(RUN);

        assertThat(afterRestart().start(RUN))
                .as("RunScheduler.start: a run that was started before a restart")
                .isEqualTo(Started.ALREADY);
    }

    @Test
    void tellsRunsApartByInstantHashAndSecret() {
        scheduler().start(RUN);

        assertThat(scheduler()
                        .start(run(
                                "orders", "2126-11-23T08:00:00Z", RUN.tagsHash().value())))
                .as("RunScheduler.start: another instant, hash or secret is another run")
                .isEqualTo(Started.NEW);
        assertThat(scheduler().start(run("orders", "2126-11-22T08:00:00Z", "V2" + "1".repeat(32))))
                .as("RunScheduler.start: another instant, hash or secret is another run")
                .isEqualTo(Started.NEW);
        assertThat(scheduler()
                        .start(run(
                                "orders2",
                                "2126-11-22T08:00:00Z",
                                RUN.tagsHash().value())))
                .as("RunScheduler.start: another instant, hash or secret is another run")
                .isEqualTo(Started.NEW);
    }

    @Test
    void tellsSecretsApartWhoseNamesLookAlikeOnceSanitised() {
        assertThat(scheduler()
                        .start(run(
                                "team/orders",
                                RUN.when().toString(),
                                RUN.tagsHash().value())))
                .as("RunScheduler.start: names that look alike once sanitised are different runs")
                .isEqualTo(Started.NEW);
        assertThat(scheduler()
                        .start(run(
                                "team.orders",
                                RUN.when().toString(),
                                RUN.tagsHash().value())))
                .as("RunScheduler.start: names that look alike once sanitised are different runs")
                .isEqualTo(Started.NEW);
    }

    @Test
    void acceptsAnInstantInThePast() {
        assertThat(scheduler().start(run("orders", "2020-01-01T00:00:00Z", "V11431179582063061")))
                .as("RunScheduler.start: an instant in the past is accepted")
                .isEqualTo(Started.NEW);
    }

    @Test
    void acceptsTheLongestNameThatSecretsManagerAllows() {
        String name = "n".repeat(512);

        assertThat(scheduler()
                        .start(run(name, RUN.when().toString(), RUN.tagsHash().value())))
                .as("RunScheduler.start: a name of 512 characters is accepted")
                .isEqualTo(Started.NEW);
    }

    @Test
    void givesNewToExactlyOneOfManyCallersAtOnce() throws Exception {
        int callers = 8;
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            CountDownLatch gate = new CountDownLatch(1);
            Callable<Started> call = () -> {
                assertThat(gate.await(1, TimeUnit.MINUTES)).isTrue();
                return scheduler().start(RUN);
            };
            List<Future<Started>> answers = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                answers.add(threads.submit(call));
            }
            gate.countDown();
            int started = 0;
            for (Future<Started> answer : answers) {
                started += answer.get(1, TimeUnit.MINUTES) == Started.NEW ? 1 : 0;
            }
            assertThat(started)
                    .as("RunScheduler.start: NEW for exactly one of the callers that start a run at the same time")
                    .isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    private static ScheduledRun run(String name, String when, String hash) {
        return ScheduledRun.builder()
                .secretId(SecretId.of(name))
                .secretName(name)
                .when(Instant.parse(when))
                .tagsHash(new TagsHash(hash))
                .build();
    }
}
