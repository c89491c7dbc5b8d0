package io.autodump.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.error.ErrorCode;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.plan.TagsHash;
import io.autodump.core.port.RunScheduler.Started;
import io.autodump.core.secret.SecretId;
import io.autodump.local.file.DurableFiles;
import io.autodump.local.file.Failures;
import io.autodump.local.file.Mortal;
import io.autodump.local.scheduler.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FileRunSchedulerTest {
    private static final ScheduledRun RUN = run("orders", "2026-11-22T08:00:00Z");
    private static final RunEnd FAILED = RunEnd.failed(ErrorCode.DUMP_PROCESS_FAILED, "AD-3021 it failed");

    private final Path state;
    private final ManualClock clock = new ManualClock("2026-11-22T07:00:00Z");
    private final FileRunScheduler scheduler;

    FileRunSchedulerTest(@TempDir Path folder) {
        state = folder.resolve("state");
        scheduler = new FileRunScheduler(state, clock);
    }

    @Test
    void givesWaitingRunsInTheOrderOfTheirInstants() {
        ScheduledRun later = run("a", "2026-11-23T08:00:00Z");
        scheduler.start(later);
        scheduler.start(RUN);

        assertThat(scheduler.pending().runs()).extracting(PendingRun::run).containsExactly(RUN, later);
    }

    @Test
    void neverStartsARunAgainThatHasEnded() {
        scheduler.start(RUN);
        scheduler.end(onlyOne(), FAILED);

        assertThat(scheduler.pending().runs()).isEmpty();
        assertThat(scheduler.start(RUN)).isEqualTo(Started.ALREADY);
        assertThat(new FileRunScheduler(state).start(RUN)).isEqualTo(Started.ALREADY);
        assertThat(scheduler.ended(RUN.executionName())).contains(FAILED);
    }

    @Test
    void keepsTheFirstEnd() {
        scheduler.start(RUN);
        PendingRun run = onlyOne();
        scheduler.end(run, FAILED);
        scheduler.end(run, RunEnd.succeeded("no"));

        assertThat(scheduler.ended(RUN.executionName())).contains(FAILED);
    }

    @Test
    void knowsNoEndOfARunThatWaits() {
        scheduler.start(RUN);

        assertThat(scheduler.ended(RUN.executionName())).isEmpty();
        assertThat(scheduler.endedNames()).isEmpty();
    }

    @Test
    void takesARunForEndedWhosePendingFileWasLeftBehind() throws IOException {
        scheduler.start(RUN);
        Path file = pendingFile(RUN.executionName());
        String json = Files.readString(file);
        scheduler.end(onlyOne(), FAILED);
        Files.writeString(file, json);

        assertThat(scheduler.pending().runs()).isEmpty();
        assertThat(file).doesNotExist();
    }

    @Test
    void forgetsAnEndedRunAfterNinetyDays() {
        scheduler.start(RUN);
        scheduler.end(onlyOne(), FAILED);
        clock.advance(Duration.ofDays(90));
        scheduler.forgetOld();
        assertThat(scheduler.endedNames()).hasSize(1);

        clock.advance(Duration.ofSeconds(1));
        scheduler.forgetOld();

        assertThat(scheduler.endedNames()).isEmpty();
    }

    @Test
    void neverForgetsARunThatWaits() {
        scheduler.start(RUN);
        clock.advance(Duration.ofDays(1000));
        scheduler.forgetOld();

        assertThat(scheduler.pending().runs()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "{\"resourceId\": \"orders\", \"tagsHash\": \"V2", "[]", "{\"resourceId\": \"orders\"}"
            })
    void movesAFileAsideThatIsNoRunAndReportsItOnce(String content) throws IOException {
        scheduler.start(RUN);
        Files.writeString(pendingFile(RUN.executionName()), content);
        scheduler.start(run("stock", "2026-11-22T08:00:00Z"));

        PendingRuns pending = scheduler.pending();

        assertThat(pending.runs()).extracting(run -> run.run().secretName()).containsExactly("stock");
        assertThat(pending.unreadable()).singleElement().asString().contains(RUN.executionName(), "moved to");
        assertThat(scheduler.pending().unreadable()).isEmpty();
        try (Stream<Path> aside = Files.list(state.resolve("runs/unreadable"))) {
            assertThat(aside).singleElement().satisfies(file -> assertThat(file).hasContent(content));
        }
        assertThat(scheduler.start(RUN)).isEqualTo(Started.NEW);
    }

    @Test
    void movesFoldersAndBinaryFilesAside() throws IOException {
        Files.createDirectories(pendingFile("folder"));
        Files.write(pendingFile("binary"), new byte[] {(byte) 0xff, 0});

        assertThat(scheduler.pending().unreadable()).hasSize(2);
        assertThat(scheduler.pending().unreadable()).isEmpty();
    }

    @Test
    void passesOverFilesThatAreNotItsOwn() throws IOException {
        scheduler.start(RUN);
        Files.writeString(state.resolve("runs/pending/.orders.json.swp"), "x");
        Files.writeString(state.resolve("runs/pending/notes.txt"), "x");

        assertThat(scheduler.pending().runs()).hasSize(1);
        assertThat(scheduler.pending().unreadable()).isEmpty();
    }

    @Test
    void letsNobodyElseReadItsFiles() throws IOException {
        scheduler.start(RUN);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pendingFile(RUN.executionName()))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state)))
                .isEqualTo("rwx------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"runs", "runs/pending", "runs/tmp", "runs/ended"})
    void neverSaysThatARunWaitsWhichItCouldNotWrite(String obstacle) throws IOException {
        Path file = state.resolve(obstacle);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "a file where a folder is expected");

        assertThat(Failures.report(ErrorCode.SCHEDULER_FAILED, () -> scheduler.start(RUN)))
                .contains(state.toString(), "HINT:");
        Files.delete(file);
        assertThat(scheduler.start(RUN)).isEqualTo(Started.NEW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"runs/tmp", "runs/ended"})
    void keepsARunWaitingWhoseEndCannotBeRecorded(String obstacle) throws IOException {
        scheduler.start(RUN);
        PendingRun run = onlyOne();
        Path file = state.resolve(obstacle);
        Files.deleteIfExists(file);
        Files.writeString(file, "a file where a folder is expected");

        Failures.report(ErrorCode.SCHEDULER_FAILED, () -> scheduler.end(run, FAILED));

        Files.delete(file);
        assertThat(scheduler.pending().runs()).containsExactly(run);
    }

    @Test
    void givesNewOnceAlthoughTheRunEndsWhileManyProcessesStartIt() throws Exception {
        int processes = 6;
        ExecutorService threads = Executors.newFixedThreadPool(processes);
        try {
            for (int round = 0; round < 30; round++) {
                ScheduledRun run = run("orders-" + round, "2026-11-22T08:00:00Z");
                CyclicBarrier barrier = new CyclicBarrier(processes);
                Callable<Integer> startAndEnd = () -> {
                    FileRunScheduler own = new FileRunScheduler(state, clock);
                    barrier.await(1, TimeUnit.MINUTES);
                    int started = 0;
                    for (int i = 0; i < 3; i++) {
                        if (own.start(run) == Started.NEW) {
                            started++;
                            own.end(new PendingRun(run.executionName(), run), FAILED);
                        }
                    }
                    return started;
                };
                List<Future<Integer>> answers = new ArrayList<>();
                for (int i = 0; i < processes; i++) {
                    answers.add(threads.submit(startAndEnd));
                }
                int started = 0;
                for (Future<Integer> answer : answers) {
                    started += answer.get(1, TimeUnit.MINUTES);
                }
                assertThat(started).isEqualTo(1);
                assertThat(scheduler.pending().runs()).isEmpty();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void neverForgetsARunWhoseEndIsCutOffByACrash() {
        boolean died = true;
        for (int step = 0; died; step++) {
            ScheduledRun run = run("orders-" + step, "2026-11-22T08:00:00Z");
            scheduler.start(run);
            Mortal mortal = new Mortal(step);
            died = dies(() -> new FileRunScheduler(state, clock, new DurableFiles(mortal))
                    .end(new PendingRun(run.executionName(), run), FAILED));

            assertThat(scheduler.start(run)).as("after a crash at step " + step).isEqualTo(Started.ALREADY);
            boolean waits = scheduler.pending().runs().stream()
                    .anyMatch(pending -> pending.run().equals(run));
            assertThat(waits).isNotEqualTo(scheduler.ended(run.executionName()).isPresent());
        }
    }

    @Test
    void showsARunWholeOrNotAtAllWhoseStartIsCutOffByACrash() {
        boolean died = true;
        for (int step = 0; died; step++) {
            ScheduledRun run = run("orders-" + step, "2026-11-22T08:00:00Z");
            Mortal mortal = new Mortal(step);
            died = dies(() -> new FileRunScheduler(state, clock, new DurableFiles(mortal)).start(run));

            assertThat(scheduler.pending().unreadable()).isEmpty();
            scheduler.start(run);
            assertThat(scheduler.pending().runs())
                    .filteredOn(pending -> pending.run().equals(run))
                    .as("after a crash at step " + step)
                    .hasSize(1);
        }
    }

    private static boolean dies(Runnable deed) {
        try {
            deed.run();
            return false;
        } catch (Mortal.Death expected) {
            return true;
        }
    }

    private PendingRun onlyOne() {
        assertThat(scheduler.pending().runs()).hasSize(1);
        return scheduler.pending().runs().get(0);
    }

    private Path pendingFile(String name) {
        return state.resolve("runs/pending").resolve(name + ".json");
    }

    @Test
    void knowsTheNameOfASecretWhoseIdIsAnArn() {
        ScheduledRun run = ScheduledRun.builder()
                .from(RUN)
                .secretId(SecretId.of("arn:aws:secretsmanager:us-east-1:123456789012:secret:team/or-ders-a1B2c3"))
                .secretName("team/or-ders")
                .build();

        scheduler.start(run);

        assertThat(scheduler.pending().runs())
                .singleElement()
                .satisfies(pending -> assertThat(pending.run()).isEqualTo(run));
    }

    private static ScheduledRun run(String secret, String when) {
        return ScheduledRun.builder()
                .secretId(SecretId.of(secret))
                .secretName(secret)
                .when(Instant.parse(when))
                .tagsHash(new TagsHash("V2" + "0".repeat(32)))
                .build();
    }
}
