package io.autodump.local.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.AutoDump;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpStore;
import io.autodump.core.record.UnfinishedFile;
import io.autodump.core.testing.FakeArchiveInspector;
import io.autodump.core.testing.FakeDumpSource;
import io.autodump.local.file.DurableFiles;
import io.autodump.local.file.Mortal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dump of several parts that is killed before any of its changes shows nothing, and a retry makes it. */
class PartsCrashTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void showsNoHalfDump(@TempDir Path folder) {
        boolean died = true;
        for (int step = 0; died; step++) {
            Path root = folder.resolve("store" + step);
            Mortal mortal = new Mortal(step);
            dumpUntilDeath(new DirectoryDumpStore(root, new DurableFiles(mortal)));
            died = mortal.dead();

            DirectoryDumpStore afterwards = new DirectoryDumpStore(root);
            try (Stream<DumpKey> keys = afterwards.list()) {
                keys.forEach(key -> assertWhole(afterwards, key));
            }
            assertWhole(afterwards, dump(afterwards).key());
            try (Stream<UnfinishedFile> unfinished = afterwards.unfinished("")) {
                assertThat(unfinished).as("retried after step " + step).isEmpty();
            }
        }
    }

    private static void assertWhole(DumpStore store, DumpKey key) {
        AutoDump.builder()
                .dumpStore(store)
                .archiveInspector(new FakeArchiveInspector())
                .build()
                .verify(key, DumpProgress.SILENT);
    }

    private static void dumpUntilDeath(DumpStore store) {
        try {
            dump(store);
        } catch (Mortal.Death killed) {
            return;
        }
    }

    private static DumpManifest dump(DumpStore store) {
        return AutoDump.builder()
                .dumpSource(FakeDumpSource.printingParts(
                        "archive".getBytes(UTF_8), "1\n2\n".getBytes(UTF_8), "3\n".getBytes(UTF_8)))
                .dumpStore(store)
                .clock(() -> NOW)
                .build()
                .dump(
                        "orders",
                        DatabaseSecret.builder()
                                .host("localhost")
                                .database("shop")
                                .username("backup")
                                .password(Password.of("x"))
                                .build(),
                        DumpSettings.defaults(),
                        NOW,
                        DumpProgress.SILENT)
                .manifest();
    }
}
