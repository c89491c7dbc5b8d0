package io.autodump.local.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.port.Leftover;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills a real process between the parts of its dumps. */
class KilledPartsTest {
    private static final Instant WHEN = Instant.parse("2026-11-22T08:00:00Z");
    private static final DumpKey COMMITTED = key("committed");
    private static final DumpKey OPEN = key("open");

    private static DumpKey key(String secret) {
        return DumpKey.of(Optional.empty(), secret, "shop", WHEN, ".dump.zst");
    }

    @Test
    @Timeout(60)
    void leavesNothingThatTheNextDumpDoesNotRemove(@TempDir Path root) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KillablePartsUpload.class.getName(),
                        root.toString(),
                        COMMITTED.value(),
                        OPEN.value())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(process.inputReader(UTF_8).readLine()).isEqualTo("ready");
            StoreLeftovers leftovers = new StoreLeftovers(root);
            begin(root);
            assertThat(parts(root)).as("the parts of a process that lives").hasSize(2);
            assertThat(leftovers.removedByTheNextDump()).isEmpty();
            assertThat(leftovers.filesWithoutManifest()).isEmpty();

            assertThat(process.destroyForcibly().waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(leftovers.removedByTheNextDump())
                    .extracting(Leftover::bytes)
                    .as("two committed parts and an open one")
                    .containsExactlyInAnyOrder(100L, 100L, 100L);
            begin(root);
            assertThat(parts(root)).isEmpty();
            assertThat(leftovers.removedByTheNextDump()).isEmpty();
            assertThat(root.resolve(OPEN.partsFolder())).doesNotExist();
        } finally {
            process.destroyForcibly();
        }
    }

    private static void begin(Path root) {
        new DirectoryDumpStore(root).begin(key("another")).close();
    }

    private static List<Path> parts(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".zst")).toList();
        }
    }
}
