package io.autodump.local.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.contract.TagNames;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.port.DumpUpload;
import io.autodump.core.testing.FakeDumpSource;
import io.autodump.core.testing.RecordingDumpEvents;
import io.autodump.local.file.DurableFiles;
import io.autodump.local.file.Mortal;
import io.autodump.local.run.FileRunScheduler;
import io.autodump.local.run.RunEnd;
import io.autodump.local.secret.FolderSecrets;
import io.autodump.local.secret.SecretFiles;
import io.autodump.local.store.DirectoryDumpStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lets the process die before each single change to the file system, and looks what its successor makes of it. */
final class SchedulerCrashTest {
    private static final byte[] DUMP = "a dump, whole from end to end".getBytes(StandardCharsets.UTF_8);
    private static final List<String> LIFE = List.of("2026-11-22T07:10:00Z", "2026-11-22T08:00:00Z");

    @Test
    void losesNoRunAndMakesNoneTwiceWhereverItDies(@TempDir Path parent) throws IOException {
        int crashes = 0;
        boolean crashed = true;
        for (int step = 0; crashed; step++) {
            Path folder = Files.createDirectory(parent.resolve("crash-at-" + step));
            crashed = live(folder, step);
            crashes += crashed ? 1 : 0;
            assertWhole(folder, step);
        }

        assertThat(crashes).isGreaterThan(40);
    }

    /** Whether the process died; after that a healthy one takes over, ten seconds later. */
    private static boolean live(Path folder, int lastStep) throws IOException {
        ManualClock clock = new ManualClock(LIFE.get(0));
        Path secret =
                SecretFiles.write(folder.resolve("secrets"), "orders", Map.of(TagNames.START_SCHEDULE, "0 8 - - -"));
        Files.setLastModifiedTime(secret, FileTime.from(Instant.parse("2026-11-22T07:00:00Z")));
        Mortal mortal = new Mortal(lastStep);
        for (String instant : LIFE) {
            clock.set(instant);
            if (!mortal.dead()) {
                runOnce(folder, clock, new DurableFiles(mortal));
                if (!mortal.dead()) {
                    continue;
                }
                clock.advance(Duration.ofSeconds(10));
            }
            runOnce(folder, clock, new DurableFiles());
        }
        return mortal.dead();
    }

    private static void runOnce(Path folder, ManualClock clock, DurableFiles files) {
        try {
            LocalScheduler.builder()
                    .secrets(new FolderSecrets(folder.resolve("secrets")))
                    .dumpSource(FakeDumpSource.printing(DUMP))
                    .dumpStore(new DirectoryDumpStore(folder.resolve("dumps"), files))
                    .runs(new FileRunScheduler(folder.resolve("state"), clock, files))
                    .events(new RecordingDumpEvents())
                    .clock(clock)
                    .maxConcurrentDumps(1)
                    .build()
                    .runOnce();
        } catch (Mortal.Death expected) {
            // Its successor goes on.
        }
    }

    private static void assertWhole(Path folder, int step) throws IOException {
        DirectoryDumpStore store = new DirectoryDumpStore(folder.resolve("dumps"));
        DumpKey key =
                DumpKey.of(Optional.empty(), "orders", "shop", Instant.parse("2026-11-22T08:00:00Z"), ".dump.zst");
        try (Stream<DumpKey> keys = store.list()) {
            assertThat(keys).as("dumps after a crash at step " + step).containsExactly(key);
        }
        try (InputStream stored = store.open(key)) {
            assertThat(stored.readAllBytes()).isEqualTo(DUMP);
        }
        FileRunScheduler runs = new FileRunScheduler(folder.resolve("state"));
        assertThat(runs.endedNames())
                .as("ended runs after a crash at step " + step)
                .singleElement()
                .satisfies(name ->
                        assertThat(runs.ended(name).orElseThrow().status()).isEqualTo(RunEnd.Status.SUCCEEDED));
        assertThat(runs.pending().runs())
                .as("waiting runs after a crash at step " + step)
                .singleElement()
                .satisfies(run -> assertThat(run.run().when()).isEqualTo(Instant.parse("2026-11-23T08:00:00Z")));
        assertLeavesNothing(store, folder);
    }

    /** The next upload removes whatever the dead one has left. */
    private static void assertLeavesNothing(DirectoryDumpStore store, Path folder) throws IOException {
        try (DumpUpload upload = store.begin(DumpKey.of(Optional.empty(), "other", "shop", Instant.EPOCH, ".dump"))) {
            upload.write(DUMP, 0, DUMP.length);
        }
        try (Stream<Path> left = Files.list(folder.resolve("dumps").resolve(DirectoryDumpStore.TEMPORARY_FOLDER))) {
            assertThat(left.filter(file -> file.toString().endsWith(".partial")))
                    .isEmpty();
        }
    }
}
