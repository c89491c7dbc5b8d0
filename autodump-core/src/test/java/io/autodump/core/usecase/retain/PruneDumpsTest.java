package io.autodump.core.usecase.retain;

import static io.autodump.core.usecase.Fixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.AutoDump;
import io.autodump.core.Monitoring;
import io.autodump.core.contract.TagNames;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpUpload;
import io.autodump.core.record.RecordKey;
import io.autodump.core.record.RecordKey.Kind;
import io.autodump.core.testing.InMemoryDumpStore;
import io.autodump.core.testing.InMemorySecrets;
import io.autodump.core.usecase.Fixtures;
import io.autodump.core.usecase.Manifests;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PruneDumpsTest {
    private static final Map<String, String> LAST_TWO = Map.of(TagNames.RETENTION, "last=2");

    private final InMemorySecrets secrets = new InMemorySecrets();
    private final InMemoryDumpStore store = new InMemoryDumpStore();

    @Test
    void deletesWhatThePolicyDoesNotKeep() {
        put("orders", LAST_TWO);
        put("stock", Map.of(TagNames.START_SCHEDULE, "@yearly"));
        List<DumpManifest> orders = dumps("orders", 11, 12, 13, 14);
        List<DumpManifest> stock = dumps("stock", 11, 12, 13, 14);

        PruneReport report = prune(false);

        assertThat(report.failure()).isEmpty();
        assertThat(report.deleted(PruneItem.Kind.DUMP)).isEqualTo(2);
        assertThat(report.items())
                .extracting(PruneItem::key)
                .as("decisions about secrets with a policy only")
                .containsExactly(
                        orders.get(3).key().value(),
                        orders.get(2).key().value(),
                        orders.get(1).key().value(),
                        orders.get(0).key().value());
        assertThat(store.list())
                .containsExactlyInAnyOrder(
                        orders.get(2).key(),
                        orders.get(3).key(),
                        stock.get(0).key(),
                        stock.get(1).key(),
                        stock.get(2).key(),
                        stock.get(3).key());
    }

    @Test
    void deletesNothingInADryRun() {
        put("orders", LAST_TWO);
        dumps("orders", 11, 12, 13, 14);

        PruneReport report = prune(true);

        assertThat(report.dryRun()).isTrue();
        assertThat(report.deleted(PruneItem.Kind.DUMP)).isEqualTo(2);
        assertThat(store.list()).hasSize(4);
    }

    @Test
    void prunesOnlyTheSecretsThatAreNamed() {
        put("orders", LAST_TWO);
        put("stock", LAST_TWO);
        dumps("orders", 11, 12, 13);
        dumps("stock", 11, 12, 13);

        assertThat(prune(false, "stock").deleted(PruneItem.Kind.DUMP)).isEqualTo(1);
        assertThat(store.list().filter(key -> key.belongsTo("orders"))).hasSize(3);
    }

    @Test
    void leavesADumpAloneThatBelongsToAnotherSecret() {
        put("orders", LAST_TWO);
        dumps("orders", 11, 12, 13);
        DumpManifest other = Manifests.of("orders", "2026-11-01T02:00:00Z")
                .secretName("archive")
                .build();
        Manifests.publish(store, other);

        assertThat(prune(false).items())
                .extracting(PruneItem::key)
                .doesNotContain(other.key().value());
        assertThat(store.find(other.key())).isPresent();
    }

    @Test
    void deletesNothingOfASecretWithInvalidTags() {
        put("orders", Map.of(TagNames.RETENTION, "last=2", "autodump:bogus", "x"));
        dumps("orders", 11, 12, 13);

        PruneReport report = prune(false);

        assertThat(report.items()).isEmpty();
        assertThat(report.problems()).singleElement().asString().startsWith("no dump of orders was deleted");
        assertThat(store.list()).hasSize(3);
    }

    @Test
    void deletesNothingOfAnOverdueDatabase() {
        put("orders", Map.of(TagNames.RETENTION, "last=2", TagNames.START_SCHEDULE, "0 2 - - -"));
        dumps("orders", 11, 12, 13);

        assertThat(prune(false).items())
                .hasSize(3)
                .noneMatch(PruneItem::deleted)
                .allMatch(item -> item.reason().contains("overdue"));

        dumps("orders", 22);
        assertThat(prune(false).deleted(PruneItem.Kind.DUMP)).isEqualTo(2);
    }

    @Test
    void freezesUntilASuspiciousDumpIsAcknowledged() {
        put("orders", LAST_TWO);
        dumps("orders", 11, 12, 13);
        DumpManifest small = Manifests.of("orders", "2026-11-14T02:00:00Z")
                .addSuspicions("1.2 GiB, the last 10 had 4.1 GiB")
                .build();
        Manifests.publish(store, small);

        assertThat(prune(false).deleted(PruneItem.Kind.DUMP)).isZero();

        monitoring(store).acknowledge(small.key(), "we archived 2019");
        assertThat(prune(false).deleted(PruneItem.Kind.DUMP)).isEqualTo(2);
    }

    @Test
    void keepsALockedDumpAndRemovesTheRecordsOfADeletedOne() {
        put("orders", LAST_TWO);
        List<DumpManifest> dumps = dumps("orders", 11, 12, 13, 14);
        store.records().touch(RecordKey.ofDump(dumps.get(0).key(), Kind.LOCKED));
        store.records().touch(RecordKey.ofDump(dumps.get(1).key(), Kind.ACCEPTED));

        prune(false);

        assertThat(store.find(dumps.get(0).key())).isPresent();
        assertThat(store.find(dumps.get(1).key())).isEmpty();
        assertThat(store.records().list(""))
                .containsExactly(RecordKey.ofDump(dumps.get(0).key(), Kind.LOCKED));
    }

    @Test
    void keepsWhatItCannotReadAndFreezesIfThatIsTheNewest() {
        put("orders", LAST_TWO);
        List<DumpManifest> dumps = dumps("orders", 11, 12, 13, 14);
        DumpStore damaged = new DamagedStore(store, dumps.get(0).key());

        assertThat(monitoring(damaged).prune(List.of(), false).items())
                .filteredOn(item -> item.key().equals(dumps.get(0).key().value()))
                .singleElement()
                .matches(item -> !item.deleted() && item.reason().equals("its manifest can't be read"));
        assertThat(store.find(dumps.get(1).key())).isEmpty();
    }

    @Test
    void deletesOldFilesWithoutAManifestAndOldRecords() {
        DumpKey oldFile = key("orders", "2026-11-10T02:00:00Z");
        DumpKey youngFile = key("orders", "2026-11-20T02:00:00Z");
        upload(oldFile);
        upload(youngFile);
        RecordKey oldRecord = failed("2026-08-01T02:00:00Z");
        RecordKey youngRecord = failed("2026-11-01T02:00:00Z");
        store.records().touch(oldRecord);
        store.records().touch(youngRecord);

        PruneReport report = prune(false);

        assertThat(report.items()).extracting(PruneItem::key).containsExactly(oldFile.value(), oldRecord.value());
        assertThat(store.files()).containsExactly(youngFile);
        assertThat(store.records().list("")).containsExactly(youngRecord);
    }

    @Test
    void prunesTheFolderOfANewDump() {
        put("orders", LAST_TWO);
        List<DumpManifest> dumps = dumps("orders", 11, 12, 13);

        PruneReport report = monitoring(store).pruneAfter(dumps.get(2), Fixtures.ORDERS);

        assertThat(report.deleted(PruneItem.Kind.DUMP)).isEqualTo(1);
        assertThat(store.list()).hasSize(2);
    }

    @Test
    void saysWhatWasDoneBeforeTheStoreFailed() {
        put("orders", LAST_TWO);
        List<DumpManifest> dumps = dumps("orders", 10, 11, 12, 13);
        DumpStore failing = new DamagedStore(store, key("none", "2026-11-10T02:00:00Z")) {
            @Override
            public void delete(DumpKey key) {
                if (key.equals(dumps.get(0).key())) {
                    throw new AutoDumpException(ErrorCode.STORE_FAILED, "denied", "allow it");
                }
                super.delete(key);
            }
        };

        PruneReport report = monitoring(failing).prune(List.of(), false);

        assertThat(report.failure())
                .hasValueSatisfying(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STORE_FAILED));
        assertThat(report.deleted(PruneItem.Kind.DUMP)).isEqualTo(1);
    }

    private PruneReport prune(boolean dryRun, String... names) {
        return monitoring(store).prune(List.of(names), dryRun);
    }

    private Monitoring monitoring(DumpStore of) {
        return Monitoring.of(AutoDump.builder()
                .secretCatalog(secrets)
                .dumpStore(of)
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .build());
    }

    private void put(String name, Map<String, String> tags) {
        secrets.put(Fixtures.secret(name, tags), Fixtures.VALUE);
    }

    private List<DumpManifest> dumps(String secret, int... daysOfNovember) {
        return Arrays.stream(daysOfNovember)
                .mapToObj(day -> Manifests.publish(
                        store,
                        Manifests.of(secret, "2026-11-" + day + "T02:00:00Z").build()))
                .toList();
    }

    private void upload(DumpKey key) {
        try (DumpUpload upload = store.begin(key)) {
            upload.write(new byte[1], 0, 1);
            upload.commit();
        }
    }

    private static DumpKey key(String secret, String at) {
        return Manifests.of(secret, at).build().key();
    }

    private static RecordKey failed(String at) {
        return RecordKey.ofRun(Optional.empty(), "orders", Optional.of("shop"), Instant.parse(at));
    }
}
