package io.autodump.local.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.contract.TagNames;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.plan.TagsHash;
import io.autodump.core.port.DumpStore;
import io.autodump.core.secret.SecretId;
import io.autodump.local.run.FileRunScheduler;
import io.autodump.local.run.RunEnd;
import io.autodump.local.secret.SecretFiles;
import io.autodump.local.store.DirectoryDumpStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills real scheduler processes at arbitrary moments. */
final class SchedulerKillIT {
    private static final int SECRETS = 12;
    private static final int KILLS = 8;
    private static final int LONGEST_LIFE_MILLIS = 500;

    /** The long form kills a scheduler 300 times. */
    private static final int ROUNDS = "full".equals(System.getProperty("autodump.chaos"))
            ? Integer.getInteger("autodump.chaos.times", 300) / KILLS + 1
            : 1;

    private final Path parent;
    private final List<Process> processes = new ArrayList<>();

    private Path folder;

    SchedulerKillIT(@TempDir Path parent) {
        this.parent = parent;
        this.folder = parent;
    }

    private void killEach() throws InterruptedException {
        for (Process process : processes) {
            assertThat(process.destroyForcibly().waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    @AfterEach
    void killAll() {
        processes.forEach(Process::destroyForcibly);
    }

    /** The moments are random, and a message names their seed; what happens in them is up to the machine. */
    @Test
    @Timeout(3600)
    void losesNoRunAndMakesNoneTwiceWhereverItIsKilled() throws Exception {
        long seed = Long.getLong("autodump.test.seed", System.nanoTime());
        Random random = new Random(seed);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                folder = Files.createDirectory(parent.resolve("round-" + round));
                losesNoRunAndMakesNoneTwice(random);
            }
        } catch (AssertionError failure) {
            throw new AssertionError(failure.getMessage() + "\nRepeat it with -Dautodump.test.seed=" + seed, failure);
        }
    }

    private void losesNoRunAndMakesNoneTwice(Random random) throws Exception {
        Instant when = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(60);
        FileRunScheduler runs = new FileRunScheduler(folder.resolve("state"));
        for (int i = 0; i < SECRETS; i++) {
            startRun(runs, "database-" + i, when);
        }
        for (int i = 0; i < KILLS; i++) {
            Process process = scheduler();
            awaitLine(process);
            if (i % 4 == 3) {
                // As in a rolling restart: the successor comes while the predecessor works.
                scheduler();
            }
            process.waitFor(random.nextInt(LONGEST_LIFE_MILLIS), TimeUnit.MILLISECONDS);
            killEach();
        }
        Process last = scheduler();
        awaitLine(last);
        awaitEnds(last, runs);
        assertThatThrownBy(() -> StateLock.acquire(folder.resolve("state")))
                .isInstanceOfSatisfying(AutoDumpException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(ErrorCode.ALREADY_RUNNING);
                    assertThat(refused).hasMessageContaining(String.valueOf(last.pid()));
                });
        last.destroy();
        assertThat(last.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(runs.endedNames())
                .allSatisfy(name -> assertThat(runs.ended(name))
                        .hasValueSatisfying(end ->
                                assertThat(end.status()).as(end.toString()).isEqualTo(RunEnd.Status.SUCCEEDED)));
        assertThat(runs.pending().runs()).hasSize(SECRETS);
        assertThat(runs.pending().unreadable()).isEmpty();
        assertEveryDumpIsThereOnceAndWhole();
    }

    /** Each in its time: a busy machine needs long for all. A run that rests before its next attempt makes it fail. */
    private void awaitEnds(Process last, FileRunScheduler runs) {
        Path log = lastLog();
        for (int count = 1; count <= SECRETS; count++) {
            int ended = count;
            Await.until(() -> ended + " runs have ended; the scheduler says\n" + read(log), () -> {
                assertThat(last.isAlive()).as(() -> read(log)).isTrue();
                return runs.endedNames().size() >= ended;
            });
        }
        assertThat(runs.endedNames()).hasSize(SECRETS);
    }

    private Path lastLog() {
        return folder.resolve("log-" + (processes.size() - 1));
    }

    private void assertEveryDumpIsThereOnceAndWhole() throws IOException {
        DumpStore store = new DirectoryDumpStore(folder.resolve("dumps"));
        List<DumpKey> keys;
        try (Stream<DumpKey> all = store.list()) {
            keys = all.toList();
        }
        assertThat(keys).hasSize(SECRETS);
        for (int i = 0; i < SECRETS; i++) {
            String name = "database-" + i;
            assertThat(keys).filteredOn(key -> key.belongsTo(name)).hasSize(1);
        }
        for (DumpKey key : keys) {
            try (InputStream stored = store.open(key)) {
                assertThat(stored.readAllBytes()).isEqualTo(KillableScheduler.dump());
            }
        }
        try (Stream<Path> left = Files.list(folder.resolve("dumps").resolve(DirectoryDumpStore.TEMPORARY_FOLDER))) {
            assertThat(left.filter(file -> file.toString().endsWith(".partial")))
                    .isEmpty();
        }
    }

    /** Due now, and after that in twelve hours. */
    private void startRun(FileRunScheduler runs, String name, Instant when) {
        int hour = when.plus(12, ChronoUnit.HOURS).atZone(ZoneOffset.UTC).getHour();
        Map<String, String> tags = Map.of(TagNames.START_SCHEDULE, "30 " + hour + " - - -");
        SecretFiles.write(folder.resolve("secrets"), name, tags);
        runs.start(ScheduledRun.builder()
                .secretId(SecretId.of(name))
                .secretName(name)
                .when(when)
                .tagsHash(TagsHash.of(SecretTags.parse(name, tags)))
                .build());
    }

    private Process scheduler() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KillableScheduler.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log-" + processes.size()).toFile())
                .start();
        processes.add(process);
        return process;
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void awaitLine(Process process) {
        Path log = lastLog();
        Await.until("it has begun to work", () -> log.toFile().length() > 0 || !process.isAlive());
        assertThat(process.isAlive()).isTrue();
    }
}
