package io.autodump.local.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.contract.TagNames;
import io.autodump.core.dump.DumpEvent;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCategory;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.testing.FakeDumpSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon with threads of its own; the clock is still the test's. */
final class LocalSchedulerThreadsTest {
    private static final String DAILY = "0 8 - - -";

    private final World world;

    LocalSchedulerThreadsTest(@TempDir Path folder) {
        world = new World(folder, "2026-11-22T07:10:00Z");
    }

    @Test
    void seesANewSecretAtOnceAndDumpsItWhenItIsDue() throws Exception {
        LocalScheduler daemon =
                world.withOwnThreads().rescanInterval(Duration.ofDays(1)).build();
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(daemon::run);
        Await.until("it runs", () -> !world.logged("daemon").isEmpty());

        world.secret("team/orders", DAILY);
        Await.until("the run waits", () -> !world.waiting().isEmpty());
        world.clock.set("2026-11-22T08:00:00Z");
        daemon.wake();
        Await.until("the dump is there", () -> !world.dumps().isEmpty());
        daemon.stop();

        assertThat(exit.get(60, TimeUnit.SECONDS)).isZero();
        assertThat(world.ends()).containsExactly("SUCCEEDED");
        assertThat(world.logged("daemon")).last().isEqualTo("stopped");
    }

    @Test
    void closesARunningDumpWhenStoppedAndMakesItsRunAfterTheNextStart() throws Exception {
        BlockingDumpSource source = new BlockingDumpSource();
        world.source = source;
        world.secret("orders", DAILY);
        world.tick();
        world.clock.set("2026-11-22T08:00:00Z");
        LocalScheduler daemon = world.withOwnThreads().build();
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(daemon::run);
        Await.until("a dump runs", () -> source.running() == 1);

        daemon.stop();

        assertThat(exit.get(60, TimeUnit.SECONDS)).isZero();
        assertThat(source.running()).isZero();
        assertThat(world.dumps()).isEmpty();
        assertThat(world.ends()).isEmpty();
        assertThat(world.waiting()).containsExactly("2026-11-22T08:00:00Z", "2026-11-23T08:00:00Z");
        assertThat(world.events.events())
                .singleElement()
                .isInstanceOfSatisfying(
                        DumpEvent.Failed.class,
                        failed -> assertThat(failed.code()).isEqualTo(ErrorCode.INTERRUPTED));

        world.source = FakeDumpSource.printing(World.DUMP);
        world.restart();
        world.tickAt("2026-11-22T08:10:00Z");
        assertThat(world.dumps()).hasSize(1);
    }

    @Test
    void dumpsNoMoreDatabasesAtOnceThanItMay() {
        BlockingDumpSource source = new BlockingDumpSource();
        world.source = source;
        for (int i = 0; i < 5; i++) {
            world.secret("orders" + i, DAILY);
        }
        world.tick();
        world.clock.set("2026-11-22T08:00:00Z");
        LocalScheduler daemon = world.withOwnThreads().build();
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(daemon::runOnce);
        Await.until("two dumps run", () -> source.running() == 2);
        source.release();

        assertThat(exit.orTimeout(1, TimeUnit.MINUTES).join()).isZero();
        assertThat(source.most()).isEqualTo(2);
        assertThat(world.dumps()).hasSize(5);
    }

    @Test
    void refusesASecondSchedulerOnTheSameFolder() throws Exception {
        LocalScheduler first = world.withOwnThreads().build();
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(first::run);
        Await.until("it runs", () -> !world.logged("daemon").isEmpty());

        assertThatThrownBy(() -> world.withOwnThreads().build().runOnce())
                .isInstanceOfSatisfying(AutoDumpException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(ErrorCode.ALREADY_RUNNING);
                    assertThat(refused)
                            .hasMessageContaining(
                                    String.valueOf(ProcessHandle.current().pid()));
                });
        first.stop();

        assertThat(exit.get(60, TimeUnit.SECONDS)).isZero();
        assertThat(world.withOwnThreads().build().runOnce()).isZero();
    }

    @Test
    void makesWhatIsDueOnceAndReportsSuccess() {
        world.secret("orders", DAILY);
        assertThat(once()).isZero();
        world.clock.set("2026-11-22T08:00:00Z");

        assertThat(once()).isZero();
        assertThat(world.dumps()).hasSize(1);
    }

    @Test
    void reportsAFailedDumpOfASingleRoundAndDoesNotRepeatIt() {
        world.source = FakeDumpSource.failingAfter(World.DUMP);
        world.secret("orders", DAILY);
        once();
        world.clock.set("2026-11-22T08:00:00Z");

        assertThat(once()).isEqualTo(ErrorCategory.DATABASE.exitStatus());
        assertThat(world.ends()).containsExactly("FAILED");
        assertThat(once()).isZero();
    }

    @Test
    void reportsTheWorstOfSeveralTroubles() {
        world.secret("typo", DAILY, TagNames.TIMEZONE, "Nowhere");
        assertThat(once()).isEqualTo(ErrorCategory.CALLER.exitStatus());

        world.secret("orders", DAILY, TagNames.CATCH_UP, "PT1H");
        once();
        world.clock.set("2026-11-22T10:00:00Z");
        assertThat(once()).isEqualTo(ErrorCategory.OPERATOR.exitStatus());

        world.brokenSecret("broken");
        assertThat(once()).isEqualTo(ErrorCategory.INFRASTRUCTURE.exitStatus());
    }

    @Test
    void canBeStoppedBeforeItWasStarted() {
        LocalScheduler daemon = world.withOwnThreads().build();
        daemon.stop();

        assertThat(daemon.run()).isZero();
    }

    private int once() {
        return world.withOwnThreads().build().runOnce();
    }
}
