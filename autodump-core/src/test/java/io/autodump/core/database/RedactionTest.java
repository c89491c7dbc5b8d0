package io.autodump.core.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.AutoDump;
import io.autodump.core.dump.DumpEvent;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpOutcome;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.SecretValue;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.testing.FakeDumpSource;
import io.autodump.core.testing.InMemoryDumpStore;
import io.autodump.core.testing.InMemorySecrets;
import io.autodump.core.testing.RecordingDumpEvents;
import io.autodump.core.wire.DatabaseSecretJson;
import io.autodump.core.wire.DumpManifestJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every type that a password passes through, and every document that comes of it, as text. */
class RedactionTest {
    private static final String PASSWORD = "correct-horse-battery-staple";
    private static final SecretValue VALUE = SecretValue.of("{\"username\":\"app\",\"password\":\"" + PASSWORD
            + "\",\"databasename\":\"shop\"," + "\"endpoint\":\"localhost\",\"engine\":\"postgres\"}");

    @Test
    void noTypeThatHoldsThePasswordShowsIt() {
        DatabaseSecret secret = DatabaseSecretJson.parse("orders", VALUE);

        assertThat(secret.password().reveal()).isEqualTo(PASSWORD);
        assertThat(VALUE.reveal()).contains(PASSWORD);
        assertThat(List.of(VALUE, secret.password(), secret, Optional.of(secret), Map.of("k", secret.password())))
                .allSatisfy(value ->
                        assertThat(value.toString()).doesNotContain(PASSWORD).contains("***"));
    }

    @Test
    void nothingThatADumpLeavesBehindShowsThePassword() {
        InMemoryDumpStore store = new InMemoryDumpStore();
        RecordingDumpEvents events = new RecordingDumpEvents();
        TaggedSecret tagged =
                TaggedSecret.builder().id(SecretId.of("orders")).name("orders").build();
        DumpOutcome outcome = AutoDump.builder()
                .secretCatalog(new InMemorySecrets().put(tagged, VALUE))
                .secretValues(new InMemorySecrets().put(tagged, VALUE))
                .dumpSource(FakeDumpSource.printing("dump".getBytes(StandardCharsets.UTF_8)))
                .dumpStore(store)
                .dumpEvents(events)
                .build()
                .dump(tagged.id(), Instant.EPOCH, DumpProgress.SILENT);
        DumpManifest manifest = outcome.manifest();
        DumpKey key = manifest.key();
        DumpEvent event = events.events().get(0);

        assertThat(List.of(outcome, manifest, key, event, tagged, DumpManifestJson.write(manifest)))
                .allSatisfy(value -> assertThat(value.toString()).doesNotContain(PASSWORD));
    }

    @Test
    void aPasswordsHashCodeSaysNothingOfIt() {
        assertThat(Password.of(PASSWORD)).isEqualTo(Password.of(PASSWORD)).isNotEqualTo(Password.of("other"));
        assertThat(Password.of(PASSWORD)).hasSameHashCodeAs(Password.of("other"));
    }
}
