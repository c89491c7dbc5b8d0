package io.autodump.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.AutoDump;
import io.autodump.core.Monitoring;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.record.UnfinishedFile;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.SecretValue;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.testing.FakeDumpSource;
import io.autodump.core.testing.InMemorySecrets;
import io.autodump.core.usecase.status.DumpListing;
import io.autodump.local.file.DurableFiles;
import io.autodump.local.file.Mortal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A prune that is killed before any of its changes shows no half-deleted dump, and the next prune ends the work. */
class PruneCrashTest {
    private static final Instant FIRST = Instant.parse("2026-11-01T02:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final int DUMPS = 5;

    private final InMemorySecrets secrets = new InMemorySecrets()
            .put(
                    TaggedSecret.builder()
                            .id(SecretId.of("orders"))
                            .name("orders")
                            .tags(Map.of("autodump:retention", "last=2"))
                            .build(),
                    SecretValue.of("{}"));

    @Test
    void showsNoHalfDeletedDump(@TempDir Path folder) {
        boolean died = true;
        for (int step = 0; died; step++) {
            Path root = folder.resolve("store" + step);
            for (int day = 0; day < DUMPS; day++) {
                dump(root, FIRST.plus(Duration.ofDays(day)));
            }
            Mortal mortal = new Mortal(step);
            prune(new DirectoryDumpStore(root, new DurableFiles(mortal)));
            died = mortal.dead();

            DumpListing left = AutoDump.builder()
                    .dumpStore(new DirectoryDumpStore(root))
                    .build()
                    .list();
            assertThat(left.unreadable()).as("killed before step " + step).isEmpty();
            assertThat(left.dumps()).hasSizeGreaterThanOrEqualTo(2);
            prune(new DirectoryDumpStore(root));
            requirePruned(new DirectoryDumpStore(root), step);
        }
    }

    private static void requirePruned(DirectoryDumpStore store, int step) {
        try (Stream<DumpKey> keys = store.list();
                Stream<UnfinishedFile> unfinished = store.unfinished("")) {
            assertThat(keys.map(DumpKey::scheduledAt))
                    .as("pruned again after step " + step)
                    .containsExactlyInAnyOrder(FIRST.plus(Duration.ofDays(3)), FIRST.plus(Duration.ofDays(4)));
            // The file whose manifest was removed just before the end; it goes when it is 7 days old.
            assertThat(unfinished.toList()).hasSizeLessThanOrEqualTo(1);
        }
    }

    private void prune(DirectoryDumpStore store) {
        try {
            Monitoring.of(AutoDump.builder()
                            .secretCatalog(secrets)
                            .dumpStore(store)
                            .clock(() -> NOW)
                            .build())
                    .prune(List.of(), false);
        } catch (Mortal.Death killed) {
            return;
        }
    }

    private static void dump(Path root, Instant at) {
        AutoDump.builder()
                .dumpSource(
                        at.equals(FIRST)
                                ? FakeDumpSource.printingParts(new byte[] {1, 2, 3}, new byte[] {'1', '\n'})
                                : FakeDumpSource.printing(new byte[] {1, 2, 3}))
                .dumpStore(new DirectoryDumpStore(root))
                .clock(() -> at)
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
                        at,
                        DumpProgress.SILENT);
    }
}
