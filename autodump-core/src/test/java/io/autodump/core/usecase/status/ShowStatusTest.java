package io.autodump.core.usecase.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.AutoDump;
import io.autodump.core.Monitoring;
import io.autodump.core.contract.TagNames;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.VerifyMode;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.record.FailedRun;
import io.autodump.core.record.RecordKey;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.testing.InMemoryDumpStore;
import io.autodump.core.testing.InMemorySecrets;
import io.autodump.core.usecase.Fixtures;
import io.autodump.core.usecase.Manifests;
import io.autodump.core.usecase.status.DatabaseStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShowStatusTest {
    private static final Map<String, String> DAILY = Map.of(TagNames.START_SCHEDULE, "0 8 - - -");
    private static final String YESTERDAY = "2026-11-21T08:00:00Z";
    private static final String TODAY = "2026-11-22T08:00:00Z";

    private final InMemorySecrets secrets = new InMemorySecrets();
    private final CountingStore store = new CountingStore(new InMemoryDumpStore());

    @Test
    void isFreshWithTheDumpThatWasDue() {
        put("orders", DAILY);
        DumpManifest dump = dump("orders", TODAY);

        DatabaseStatus status = at("2026-11-22T12:00:00Z");

        assertThat(status.state()).isEqualTo(State.FRESH);
        assertThat(status.needsOperator()).isFalse();
        assertThat(status.lastGood()).contains(dump);
        assertThat(status.nextRun()).contains(Instant.parse("2026-11-23T08:00:00Z"));
        assertThat(status.lastProven()).isEmpty();
        assertThat(status.lastFailure()).isEmpty();
    }

    @Test
    void isLateUntilTheMarginIsOverAndOverdueThen() {
        put("orders", DAILY);
        dump("orders", YESTERDAY);

        assertThat(at("2026-11-22T07:59:59Z").state()).isEqualTo(State.FRESH);
        assertThat(at("2026-11-22T08:00:00Z").state()).isEqualTo(State.LATE);
        assertThat(at("2026-11-22T09:59:59Z").state()).isEqualTo(State.LATE);
        assertThat(at("2026-11-22T10:00:00Z").state()).isEqualTo(State.OVERDUE);
        assertThat(at("2026-11-22T10:00:00Z").needsOperator()).isTrue();
    }

    @Test
    void isFailingUntilADumpIsMade() {
        put("orders", DAILY);
        dump("orders", YESTERDAY);
        fail("orders", TODAY, FailedRun.Outcome.FAILED, ErrorCode.AUTHENTICATION_REFUSED);

        DatabaseStatus failing = at("2026-11-22T08:10:00Z");
        assertThat(failing.state()).isEqualTo(State.FAILING);
        assertThat(failing.needsOperator()).isTrue();
        assertThat(failing.lastFailure().flatMap(FailedRun::code)).contains("AD-3002");

        dump("orders", TODAY);
        DatabaseStatus fresh = at("2026-11-22T08:10:00Z");
        assertThat(fresh.state()).isEqualTo(State.FRESH);
        assertThat(fresh.lastFailure()).isPresent();
    }

    @Test
    void doesNotCallAMissedOrAStoppedRunFailing() {
        put("orders", DAILY);
        dump("orders", YESTERDAY);
        fail("orders", TODAY, FailedRun.Outcome.FAILED, ErrorCode.INTERRUPTED);
        assertThat(at("2026-11-22T08:10:00Z").state()).isEqualTo(State.LATE);

        fail("orders", TODAY, FailedRun.Outcome.MISSED, ErrorCode.INTERNAL);
        assertThat(at("2026-11-22T12:00:00Z").state()).isEqualTo(State.OVERDUE);
    }

    @Test
    void isUnprotectedWithoutADumpAndNeedsAnOperatorOnlyIfNoneIsToCome() {
        put("orders", DAILY);
        assertThat(at("2026-11-22T12:00:00Z").state()).isEqualTo(State.OVERDUE);

        put("orders", Map.of(TagNames.RETENTION, "last=1"));
        assertThat(at("2026-11-22T12:00:00Z").state()).isEqualTo(State.UNPROTECTED);
        assertThat(at("2026-11-22T12:00:00Z").needsOperator()).isTrue();

        secrets.put(
                TaggedSecret.builder()
                        .from(Fixtures.secret("orders", DAILY))
                        .createdAt(Instant.parse("2026-11-22T11:00:00Z"))
                        .changedAt(Instant.parse("2026-11-22T11:00:00Z"))
                        .build(),
                Fixtures.VALUE);
        assertThat(at("2026-11-22T12:00:00Z").state()).isEqualTo(State.UNPROTECTED);
        assertThat(at("2026-11-22T12:00:00Z").needsOperator()).isFalse();
    }

    @Test
    void isUnprotectedWithInvalidTags() {
        put("orders", Map.of("autodump:start-schedul", "0 8 - - -"));
        dump("orders", TODAY);

        DatabaseStatus status = at("2026-11-22T12:00:00Z");

        assertThat(status.state()).isEqualTo(State.UNPROTECTED);
        assertThat(status.needsOperator()).isTrue();
        assertThat(status.problems()).hasSize(1);
        assertThat(status.lastGood()).isPresent();
    }

    @Test
    void isPaused() {
        Map<String, String> tags = new HashMap<>(DAILY);
        tags.put(TagNames.ENABLED, "false");
        put("orders", tags);

        DatabaseStatus status = at("2026-11-22T12:00:00Z");

        assertThat(status.state()).isEqualTo(State.PAUSED);
        assertThat(status.needsOperator()).isFalse();
        assertThat(status.nextRun()).isEmpty();
    }

    @Test
    void isSuspiciousUntilItIsAcknowledged() {
        put("orders", DAILY);
        DumpManifest good = dump("orders", YESTERDAY);
        DumpManifest small = Manifests.of("orders", TODAY)
                .addSuspicions("1.2 GiB, the last 10 had 4.1 GiB")
                .build();
        Manifests.publish(store, small);

        DatabaseStatus suspicious = at("2026-11-22T12:00:00Z");
        assertThat(suspicious.state()).isEqualTo(State.SUSPICIOUS);
        assertThat(suspicious.needsOperator()).isTrue();
        assertThat(suspicious.lastGood()).contains(good);

        monitoring("2026-11-22T12:00:00Z").acknowledge(small.key(), "");
        DatabaseStatus fresh = at("2026-11-22T12:00:00Z");
        assertThat(fresh.state()).isEqualTo(State.FRESH);
        assertThat(fresh.lastGood()).contains(small);
    }

    @Test
    void showsTheNewestProof() {
        put("orders", DAILY);
        DumpManifest proven = Manifests.of("orders", YESTERDAY)
                .settings(DumpSettings.builder().verify(VerifyMode.RESTORE).build())
                .build();
        Manifests.publish(store, proven);
        DumpManifest newest = dump("orders", TODAY);
        assertThat(at("2026-11-22T12:00:00Z").lastProven()).contains(proven);

        store.inMemory().records().touch(RecordKey.ofDump(newest.key(), RecordKey.Kind.PROVEN));
        assertThat(at("2026-11-22T12:00:00Z").lastProven()).contains(newest);
    }

    @Test
    void readsNoManifestTwiceAndOnlyTheNewestOnes() {
        put("orders", DAILY);
        IntStream.range(0, 300)
                .forEach(day -> dump(
                        "orders",
                        Instant.parse(TODAY).minus(Duration.ofDays(day)).toString()));
        store.reset();

        DatabaseStatus status = at("2026-11-22T12:00:00Z");

        assertThat(status.newestDumps()).hasSize(10);
        assertThat(store.found()).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void takesOnlyTheNamesThatAreAskedFor() {
        put("orders", DAILY);
        put("stock", DAILY);

        assertThat(monitoring("2026-11-22T12:00:00Z").status(List.of("stock")).databases())
                .extracting(DatabaseStatus::secretName)
                .containsExactly("stock");
        assertThat(monitoring("2026-11-22T12:00:00Z").status(List.of()).trouble())
                .hasSize(2);
    }

    @Test
    void tellsTheHistory() {
        dump("orders", "2026-11-18T08:00:00Z");
        fail("orders", "2026-11-19T08:00:00Z", FailedRun.Outcome.MISSED, ErrorCode.INTERNAL);
        fail("orders", "2026-11-20T08:00:00Z", FailedRun.Outcome.FAILED, ErrorCode.CONNECTION_FAILED);
        fail("orders", YESTERDAY, FailedRun.Outcome.FAILED, ErrorCode.CONNECTION_FAILED);
        dump("orders", YESTERDAY);
        Manifests.publish(
                store, Manifests.of("orders", TODAY).addSuspicions("small").build());
        dump("stock", TODAY);

        List<HistoryEntry> history = monitoring("2026-11-22T12:00:00Z").history("orders", 4);

        assertThat(history)
                .extracting(entry -> entry.outcome().text() + " " + entry.scheduledAt())
                .containsExactly(
                        "suspicious 2026-11-22T08:00:00Z",
                        "made 2026-11-21T08:00:00Z",
                        "failed 2026-11-20T08:00:00Z",
                        "missed 2026-11-19T08:00:00Z");
        assertThat(history.get(1).failure()).as("the attempts before").isPresent();
    }

    @Test
    void findsTheNewestProvenDumpOfASecretThatNeedNotExist() {
        DumpManifest proven = dump("orders", "2026-11-20T08:00:00Z");
        store.inMemory().records().touch(RecordKey.ofDump(proven.key(), RecordKey.Kind.PROVEN));
        dump("orders", TODAY);
        DumpManifest other = dump("stock", TODAY);
        store.inMemory().records().touch(RecordKey.ofDump(other.key(), RecordKey.Kind.PROVEN));

        Monitoring monitoring = monitoring("2026-11-22T12:00:00Z");

        assertThat(monitoring.latestProven("orders")).contains(proven);
        assertThat(monitoring.latestProven("books")).isEmpty();
        assertThat(autoDump("2026-11-22T12:00:00Z").list(Optional.empty()).proven())
                .containsExactlyInAnyOrder(proven.key(), other.key());
    }

    @Test
    void showsTheOutcomeOfEachRunOfAllDatabases() {
        put("orders", DAILY);
        put("stock", DAILY);
        DumpManifest proven = dump("orders", "2026-11-19T08:00:00Z");
        store.inMemory().records().touch(RecordKey.ofDump(proven.key(), RecordKey.Kind.PROVEN));
        fail("orders", "2026-11-20T08:00:00Z", FailedRun.Outcome.MISSED, ErrorCode.INTERNAL);
        fail("orders", YESTERDAY, FailedRun.Outcome.FAILED, ErrorCode.CONNECTION_FAILED);
        dump("orders", TODAY);

        OverviewReport overview = monitoring("2026-11-22T12:00:00Z").overview(10);

        assertThat(overview.databases())
                .extracting(database -> database.status().secretName())
                .containsExactly("orders", "stock");
        assertThat(overview.databases().get(0).runs())
                .extracting(run -> run.outcome().text() + " " + run.scheduledAt())
                .containsExactly(
                        "made 2026-11-22T08:00:00Z",
                        "failed 2026-11-21T08:00:00Z",
                        "missed 2026-11-20T08:00:00Z",
                        "proven 2026-11-19T08:00:00Z");
        assertThat(overview.databases().get(1).runs()).isEmpty();
    }

    @Test
    void aDumpThatAWrongClockNamedHidesNothing() {
        put("orders", DAILY);
        dump("orders", YESTERDAY);
        dump("orders", "2027-11-22T08:00:00Z");
        fail("orders", "2027-11-23T08:00:00Z", FailedRun.Outcome.FAILED, ErrorCode.CONNECTION_FAILED);

        assertThat(at("2026-11-22T12:00:00Z").state()).isEqualTo(State.OVERDUE);
        assertThat(monitoring("2026-11-22T12:00:00Z")
                        .overview(10)
                        .databases()
                        .get(0)
                        .runs())
                .extracting(run -> run.scheduledAt().toString())
                .containsExactly(YESTERDAY);
    }

    @Test
    void aRunThatWasStoppedHasNotEnded() {
        put("orders", DAILY);
        fail("orders", TODAY, FailedRun.Outcome.FAILED, ErrorCode.INTERRUPTED);

        assertThat(monitoring("2026-11-22T08:10:00Z")
                        .overview(10)
                        .databases()
                        .get(0)
                        .runs())
                .isEmpty();
    }

    private void put(String name, Map<String, String> tags) {
        secrets.put(Fixtures.secret(name, tags), Fixtures.VALUE);
    }

    private DumpManifest dump(String secret, String at) {
        return Manifests.publish(store, Manifests.of(secret, at).build());
    }

    private void fail(String secret, String at, FailedRun.Outcome outcome, ErrorCode code) {
        Instant instant = Instant.parse(at);
        DumpKey dump = Manifests.of(secret, at).build().key();
        store.records()
                .write(FailedRun.builder()
                        .key(RecordKey.ofRun(Optional.empty(), secret, Optional.of("shop"), dump.scheduledAt()))
                        .secretName(secret)
                        .scheduledAt(instant)
                        .outcome(outcome)
                        .code(code.id())
                        .message("failed")
                        .attempts(1)
                        .firstFailedAt(instant)
                        .failedAt(instant)
                        .toolVersion("test")
                        .build());
    }

    private DatabaseStatus at(String now) {
        return monitoring(now).status(List.of("orders")).databases().get(0);
    }

    private Monitoring monitoring(String now) {
        return Monitoring.of(autoDump(now));
    }

    private AutoDump autoDump(String now) {
        return AutoDump.builder()
                .secretCatalog(secrets)
                .dumpStore(store)
                .clock(() -> Instant.parse(now))
                .build();
    }
}
