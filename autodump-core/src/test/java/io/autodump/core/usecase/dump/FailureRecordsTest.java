package io.autodump.core.usecase.dump;

import static io.autodump.core.usecase.Fixtures.BYTES;
import static io.autodump.core.usecase.Fixtures.DAILY_AT_EIGHT;
import static io.autodump.core.usecase.Fixtures.NOW;
import static io.autodump.core.usecase.Fixtures.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.autodump.core.AutoDump;
import io.autodump.core.AutoDumpBuilder;
import io.autodump.core.Monitoring;
import io.autodump.core.contract.TagNames;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpSource;
import io.autodump.core.record.FailedRun;
import io.autodump.core.record.RecordKey;
import io.autodump.core.record.RunPlace;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.SecretValue;
import io.autodump.core.testing.FakeDumpSource;
import io.autodump.core.testing.FaultyDumpStore;
import io.autodump.core.testing.FaultyDumpStore.Call;
import io.autodump.core.testing.FaultyDumpStore.Fault;
import io.autodump.core.testing.InMemoryDumpStore;
import io.autodump.core.testing.InMemorySecrets;
import io.autodump.core.usecase.Fixtures;
import io.autodump.core.usecase.Manifests;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FailureRecordsTest {
    private static final Instant RUN = Instant.parse("2026-11-22T08:00:00Z");
    private static final RecordKey KEY = RecordKey.ofRun(Optional.empty(), "orders", Optional.of("shop"), RUN);

    private final InMemoryDumpStore store = new InMemoryDumpStore();
    private Instant now = NOW;

    @Test
    void leavesARecordOfAFailedDump() {
        dump(Fixtures.secrets(DAILY_AT_EIGHT), FakeDumpSource.failingAfter(BYTES));

        FailedRun record = only();
        assertThat(record.key()).isEqualTo(KEY);
        assertThat(record.secretName()).isEqualTo("orders");
        assertThat(record.database()).contains("shop");
        assertThat(record.code()).contains("AD-3021");
        assertThat(record.message()).contains("pg_dump exited with status 1").doesNotContain("AD-3021");
        assertThat(record.hint()).isPresent();
        assertThat(record.attempts()).isEqualTo(1);
        assertThat(record.failedAt()).isEqualTo(NOW);
        assertThat(record.place().host()).contains("backup-1");
        assertThat(record.toString()).doesNotContain("hunter2");
        assertThat(store.list()).isEmpty();
    }

    @Test
    void countsTheAttemptsAtARun() {
        InMemorySecrets secrets = Fixtures.secrets(DAILY_AT_EIGHT);
        dump(secrets, FakeDumpSource.failingAfter(BYTES));
        now = NOW.plus(Duration.ofMinutes(5));
        dump(secrets, FakeDumpSource.failingAfter(BYTES));

        assertThat(only().attempts()).isEqualTo(2);
        assertThat(only().firstFailedAt()).isEqualTo(NOW);
        assertThat(only().failedAt()).isEqualTo(now);
    }

    @Test
    void leavesARecordWhereTheDatabaseIsNotKnown() {
        InMemorySecrets secrets = new InMemorySecrets()
                .put(Fixtures.secret("orders", DAILY_AT_EIGHT), SecretValue.of("{\"password\": \"hunter2\""));
        dump(secrets, FakeDumpSource.printing(BYTES));

        assertThat(only().key()).isEqualTo(RecordKey.ofRun(Optional.empty(), "orders", Optional.empty(), RUN));
        assertThat(only().code()).contains("AD-1002");
        assertThat(only().toString()).doesNotContain("hunter2");
    }

    @Test
    void leavesNoRecordOfASecretThatDoesNotExist() {
        AutoDump autoDump = autoDump(Fixtures.secrets(DAILY_AT_EIGHT), FakeDumpSource.printing(BYTES));

        assertThat(catchThrowable(() -> autoDump.dump(SecretId.of("stock"), RUN, DumpProgress.SILENT)))
                .isInstanceOf(AutoDumpException.class);
        assertThat(store.records().list("")).isEmpty();
    }

    @Test
    void leavesARecordOfAMissedRun() {
        InMemorySecrets secrets = Fixtures.secrets(DAILY_AT_EIGHT);

        Monitoring.of(autoDump(secrets, FakeDumpSource.printing(BYTES)))
                .recordMissed(secrets.find(ORDERS).orElseThrow(), RUN, "the catch-up window of PT6H is over");

        assertThat(only().key()).isEqualTo(KEY);
        assertThat(only().outcome()).isEqualTo(FailedRun.Outcome.MISSED);
        assertThat(only().code()).isEmpty();
        assertThat(only().attempts()).isZero();
    }

    @Test
    void recordsAFaultOfOurOwnToo() {
        dump(Fixtures.secrets(DAILY_AT_EIGHT), (database, settings) -> {
            throw new IllegalStateException("broken inside");
        });

        assertThat(only().code()).contains(ErrorCode.INTERNAL.id());
    }

    @Test
    void marksADumpThatIsMuchSmallerAndComparesLaterOnesWithTheGoodOnes() {
        big("2026-11-20T08:00:00Z");
        big("2026-11-21T08:00:00Z");
        AutoDump autoDump = autoDump(Fixtures.secrets(DAILY_AT_EIGHT), FakeDumpSource.printing(BYTES));

        DumpManifest first = autoDump.dump(ORDERS, RUN, DumpProgress.SILENT).manifest();
        DumpManifest second =
                autoDump.dump(ORDERS, RUN.plusSeconds(1), DumpProgress.SILENT).manifest();

        assertThat(first.suspicions()).singleElement().asString().endsWith("the last 2 had 1.0 GiB");
        assertThat(second.suspicions()).isEqualTo(first.suspicions());
        assertThat(store.find(first.key())).contains(first);

        Monitoring.of(autoDump).acknowledge(second.key(), "so few rows");
        assertThat(autoDump.dump(ORDERS, RUN.plusSeconds(2), DumpProgress.SILENT)
                        .manifest()
                        .suspicions())
                .isEmpty();
    }

    @Test
    void comparesNothingIfTheTagsSaySo() {
        big("2026-11-20T08:00:00Z");
        AutoDump autoDump =
                autoDump(Fixtures.secrets(Map.of(TagNames.SUSPICIOUS, "off")), FakeDumpSource.printing(BYTES));

        assertThat(autoDump.dump(ORDERS, RUN, DumpProgress.SILENT).manifest().suspicions())
                .isEmpty();
    }

    private void big(String at) {
        Manifests.publish(
                store, Manifests.of("orders", at).storedBytes(1L << 30).build());
    }

    /** A full disk: two failed attempts, and then a dump, with which the records are written. */
    @Test
    void keepsARecordUntilTheStoreTakesIt() {
        InMemoryDumpStore state = new InMemoryDumpStore();
        FaultyDumpStore full = new FaultyDumpStore(store, Call.WRITE, Fault.REFUSED);
        for (int attempt = 0; attempt < 2; attempt++) {
            AutoDump failing = builder(Fixtures.secrets(DAILY_AT_EIGHT), FakeDumpSource.failingAfter(BYTES))
                    .dumpStore(full)
                    .delayedRecords(state.records())
                    .build();
            assertThat(catchThrowable(() -> failing.dump(ORDERS, RUN, DumpProgress.SILENT)))
                    .isNotNull();
            Monitoring.of(failing).writeDelayedRecords();
        }
        assertThat(store.records().list("")).isEmpty();

        builder(Fixtures.secrets(DAILY_AT_EIGHT), FakeDumpSource.printing(BYTES))
                .delayedRecords(state.records())
                .build()
                .dump(ORDERS, RUN, DumpProgress.SILENT);

        assertThat(only().attempts()).isEqualTo(2);
        assertThat(state.records().list("")).isEmpty();
    }

    private void dump(InMemorySecrets secrets, DumpSource source) {
        assertThat(catchThrowable(() -> autoDump(secrets, source).dump(ORDERS, RUN, DumpProgress.SILENT)))
                .isInstanceOf(RuntimeException.class);
    }

    private AutoDump autoDump(InMemorySecrets secrets, DumpSource source) {
        return builder(secrets, source).build();
    }

    private AutoDumpBuilder builder(InMemorySecrets secrets, DumpSource source) {
        return AutoDump.builder()
                .secretCatalog(secrets)
                .secretValues(secrets)
                .dumpSource(source)
                .dumpStore(store)
                .runPlace(RunPlace.onHost("backup-1"))
                .clock(() -> now);
    }

    private FailedRun only() {
        List<RecordKey> keys = store.records().list("").toList();
        assertThat(keys).hasSize(1);
        return (FailedRun) store.records().find(keys.get(0)).orElseThrow();
    }
}
