package io.autodump.core.dump;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Whatever a secret and its database are called, the key stays below the store's folder and tells them apart. */
class DumpKeyFuzzTest {
    private static final Instant WHEN = Instant.parse("2026-11-22T08:00:00Z");
    private static final Path STORE = Path.of("/store");

    @FuzzTest
    void fuzz(FuzzedDataProvider input) {
        Optional<String> prefix = Optional.of(input.consumeString(60)).filter(text -> !text.isEmpty());
        String secret = input.consumeString(120);
        String database = input.consumeRemainingAsString();
        DumpKey.parse(secret);
        DumpKey.ofManifest(database);
        DumpKey key;
        try {
            key = DumpKey.of(prefix, secret, database, WHEN, ".dump");
        } catch (IllegalArgumentException documented) {
            assertThat(documented).hasMessageContaining("at most");
            return;
        }
        assertThat(key.value()).matches("[A-Za-z0-9_.=@+%/-]+");
        assertThat(STORE.resolve(key.value()).normalize()).isEqualTo(STORE.resolve(key.value()));
        assertThat(key.scheduledAt()).isEqualTo(WHEN);
        assertThat(key.belongsTo(secret)).isTrue();
    }
}
