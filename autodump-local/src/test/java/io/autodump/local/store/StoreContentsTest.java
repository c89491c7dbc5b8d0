package io.autodump.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.record.RecordKey;
import io.autodump.core.record.StoreNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreContentsTest {
    private static final Instant WHEN = Instant.parse("2026-11-22T08:00:00Z");

    @TempDir
    private Path folder;

    private DirectoryDumpStore store;

    @BeforeEach
    void open() {
        store = new DirectoryDumpStore(folder);
    }

    @Test
    void looksAtTheNewestDaysOnly() throws IOException {
        for (int day = 0; day < 400; day++) {
            put(key("orders", WHEN.minus(Duration.ofDays(day))));
        }
        put(key("stock", WHEN.minus(Duration.ofDays(4000))));
        RecordKey old =
                RecordKey.ofRun(Optional.empty(), "orders", Optional.of("shop"), WHEN.minus(Duration.ofDays(30)));
        Files.writeString(folder.resolve(old.value()), "{}");

        StoreNames names = store.newest(3);

        assertThat(names.dumps())
                .containsExactlyInAnyOrder(
                        key("orders", WHEN),
                        key("orders", WHEN.minus(Duration.ofDays(1))),
                        key("orders", WHEN.minus(Duration.ofDays(2))),
                        key("stock", WHEN.minus(Duration.ofDays(4000))));
        assertThat(names.records()).isEmpty();
    }

    @Test
    void takesNoSecretForAFolderOfDays() throws IOException {
        DumpKey odd = DumpKey.of(Optional.empty(), "orders/shop/2024", "12", WHEN, ".dump");
        for (int day = 0; day < 5; day++) {
            put(key("orders", WHEN.minus(Duration.ofDays(day))));
        }
        put(odd);

        assertThat(store.newest(1).dumps()).contains(odd, key("orders", WHEN));
    }

    private static DumpKey key(String secret, Instant at) {
        return DumpKey.of(Optional.empty(), secret, "shop", at, ".dump");
    }

    private void put(DumpKey key) throws IOException {
        Path manifest = folder.resolve(key.manifestKey());
        Files.createDirectories(manifest.getParent());
        Files.writeString(manifest, "{}");
    }
}
