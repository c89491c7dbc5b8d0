package io.autodump.core.usecase.copy;

import static io.autodump.core.usecase.Fixtures.BYTES;
import static io.autodump.core.usecase.Fixtures.CLOCK;
import static io.autodump.core.usecase.Fixtures.ORDERS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.AutoDump;
import io.autodump.core.AutoDumpBuilder;
import io.autodump.core.DumpCopies;
import io.autodump.core.Monitoring;
import io.autodump.core.contract.TagNames;
import io.autodump.core.copy.CopyItem;
import io.autodump.core.copy.CopyListener;
import io.autodump.core.copy.CopyReport;
import io.autodump.core.copy.CopyStatus;
import io.autodump.core.copy.CopyTarget;
import io.autodump.core.dump.DumpEvent;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpStore;
import io.autodump.core.retention.RetentionPolicy;
import io.autodump.core.testing.FakeArchiveInspector;
import io.autodump.core.testing.FakeDumpSource;
import io.autodump.core.testing.FaultyDumpStore;
import io.autodump.core.testing.FaultyDumpStore.Call;
import io.autodump.core.testing.FaultyDumpStore.Fault;
import io.autodump.core.testing.InMemoryDumpStore;
import io.autodump.core.testing.InMemorySecrets;
import io.autodump.core.testing.RecordingDumpEvents;
import io.autodump.core.usecase.Fixtures;
import io.autodump.core.usecase.ForwardingDumpStore;
import io.autodump.core.usecase.Manifests;
import io.autodump.core.usecase.status.DatabaseStatus;
import io.autodump.core.usecase.status.StatusReport;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopyDumpsTest {
    private final InMemoryDumpStore store = new InMemoryDumpStore();
    private final InMemoryDumpStore disk = new InMemoryDumpStore();
    private final RecordingDumpEvents events = new RecordingDumpEvents();
    private Map<String, String> tags = Fixtures.DAILY_AT_EIGHT;
    private FakeDumpSource source = FakeDumpSource.printing(BYTES);

    @Test
    void copiesADumpWithItsManifestOnce() {
        DumpManifest dump = dump(Fixtures.NOW);

        CopyReport first = copy(to(disk));

        assertThat(first.items()).containsExactly(new CopyItem(dump.key(), BYTES.length, Optional.empty()));
        assertThat(disk.find(dump.key())).contains(dump);
        assertThat(disk.bytes(dump.key())).isEqualTo(BYTES);
        assertThat(copy(to(disk)).items()).isEmpty();
        assertThat(events.events()).noneMatch(DumpEvent.CopyFailed.class::isInstance);
    }

    @Test
    void copiesADumpOfSeveralParts() {
        source = FakeDumpSource.printingParts(BYTES, "1\n2\n".getBytes(UTF_8), "3\n".getBytes(UTF_8));
        DumpManifest dump = dump(Fixtures.NOW);

        copy(to(disk));

        assertThat(disk.find(dump.key())).contains(dump);
        assertThat(disk.paths()).isEqualTo(store.paths()).hasSize(3);
        assertThat(copies(to(disk)).at("disk").verify(dump.key()).manifest()).isEqualTo(dump);
    }

    @ParameterizedTest
    @CsvSource({
        "BEGIN, REFUSED, STORE_FAILED",
        "WRITE, REFUSED, STORE_FAILED",
        "WRITE, LOST, DUMP_CORRUPT",
        "COMMIT, REFUSED, STORE_FAILED",
        "COMMIT, ANSWER_LOST, OUTCOME_UNKNOWN",
        "OPEN, REFUSED, STORE_FAILED",
        "PUBLISH, REFUSED, STORE_FAILED"
    })
    void leavesNoCopyIfTheOtherStoreFails(Call call, Fault fault, ErrorCode code) {
        DumpManifest dump = dump(Fixtures.NOW);

        CopyReport report = copy(to(new FaultyDumpStore(disk, call, fault)));

        assertThat(report.failures()).extracting(AutoDumpException::code).containsExactly(code);
        assertThat(disk.list()).isEmpty();
        assertThat(store.find(dump.key())).contains(dump);
        assertThat(events.events())
                .filteredOn(DumpEvent.CopyFailed.class::isInstance)
                .singleElement()
                .satisfies(event -> assertThat((DumpEvent.CopyFailed) event)
                        .returns("disk", DumpEvent.CopyFailed::store)
                        .returns(dump.key(), DumpEvent.CopyFailed::dump)
                        .returns(code, DumpEvent.CopyFailed::code));

        assertThat(copy(to(disk)).failures()).isEmpty();
        assertThat(disk.find(dump.key())).contains(dump);
    }

    @Test
    void takesACopyWhosePublicationWasAnsweredTooLateAsMade() {
        DumpManifest dump = dump(Fixtures.NOW);

        CopyReport report = copy(to(new FaultyDumpStore(disk, Call.PUBLISH, Fault.ANSWER_LOST)));

        assertThat(report.failures()).extracting(AutoDumpException::code).containsExactly(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(disk.find(dump.key())).contains(dump);
        assertThat(copy(to(disk)).items()).isEmpty();
    }

    @Test
    void removesACopyThatIsReadBackWithOtherBytes() {
        DumpManifest dump = dump(Fixtures.NOW);
        DumpStore lossy = new ForwardingDumpStore(disk) {
            @Override
            public InputStream open(DumpKey key) {
                byte[] bytes = disk.bytes(key);
                bytes[0]++;
                return new ByteArrayInputStream(bytes);
            }
        };

        CopyReport report = copy(to(lossy));

        assertThat(report.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.DUMP_CORRUPT));
        assertThat(report.failures().get(0)).hasMessageContaining("the copy of dump " + dump.key() + " in disk");
        assertThat(disk.list()).isEmpty();
        assertThat(disk.files()).isEmpty();
    }

    @Test
    void copiesNoDumpThatIsCorruptAndGoesOnWithTheOthers() {
        DumpManifest older = dump(Fixtures.NOW.minus(Duration.ofDays(1)));
        DumpManifest newer = dump(Fixtures.NOW);
        store.corrupt(newer.key(), "other bytes".getBytes(UTF_8));

        CopyReport report = copy(to(disk));

        assertThat(report.failure()).isEmpty();
        assertThat(report.items()).extracting(CopyItem::key).containsExactly(newer.key(), older.key());
        assertThat(report.failures()).extracting(AutoDumpException::code).containsExactly(ErrorCode.DUMP_CORRUPT);
        assertThat(disk.list()).containsExactly(older.key());
        assertThat(disk.files()).containsExactly(older.key());
    }

    @Test
    void neverReplacesAnotherDumpOfTheSameKey() {
        DumpManifest dump = dump(Fixtures.NOW);
        DumpManifest other = Manifests.publish(
                disk,
                Manifests.of("orders", Fixtures.NOW.toString()).key(dump.key()).build());

        assertThat(copy(to(disk)).items()).isEmpty();
        assertThatThrownBy(() -> new CopyDump(store, to(disk)).copy(dump, DumpProgress.SILENT))
                .hasMessageContaining("disk has another dump with the key");
        assertThat(disk.find(dump.key())).contains(other);
    }

    @Test
    void catchesUpWithTheNewestDumpFirstAndLooksAtOneDatabaseAfterADump() {
        List<DumpManifest> dumps = IntStream.range(0, 3)
                .mapToObj(days -> dump(Fixtures.NOW.minus(Duration.ofDays(days))))
                .toList();
        DumpManifest bills = Manifests.publish(
                store, Manifests.of("bills", "2026-11-22T08:00:00Z").build());
        List<DumpKey> newestFirst = dumps.stream().map(DumpManifest::key).toList();

        assertThat(copies(to(disk)).missing(List.of("orders")).get(0).items())
                .extracting(CopyItem::key)
                .isEqualTo(newestFirst);
        assertThat(disk.list()).isEmpty();

        CopyReport after = copies(to(disk))
                .copyAfter(List.of(dumps.get(0)), CopyListener.NONE)
                .get(0);
        assertThat(after.items()).extracting(CopyItem::key).isEqualTo(newestFirst);

        assertThat(copy(to(disk)).items()).extracting(CopyItem::key).containsExactly(bills.key());
    }

    @Test
    void saysInAnEventThatAStoreCannotBeUsedAfterADump() {
        DumpManifest dump = dump(Fixtures.NOW);
        DumpManifest other = Manifests.publish(
                store, Manifests.of("bills", "2026-11-22T08:00:00Z").build());
        List<DumpManifest> both = List.of(dump, other);
        AtomicInteger asked = new AtomicInteger();
        DumpStore unreachable = new ForwardingDumpStore(disk) {
            @Override
            public Stream<DumpKey> list() {
                asked.incrementAndGet();
                throw new AutoDumpException(ErrorCode.STORE_FAILED, "the disk is gone", "mount it");
            }
        };

        CopyReport report =
                copies(to(unreachable)).copyAfter(both, CopyListener.NONE).get(0);
        assertThat(asked).as("a store that can't be reached is asked once").hasValue(1);

        assertThat(report.failure().map(AutoDumpException::code)).contains(ErrorCode.STORE_FAILED);
        assertThat(events.events())
                .filteredOn(DumpEvent.CopyFailed.class::isInstance)
                .hasSize(1);
        StatusReport status = Monitoring.of(autoDump(to(unreachable))).status(List.of());
        assertThat(status.failures()).singleElement().asString().contains("the copies in disk aren't known");
        assertThat(status.databases().get(0).copies()).isEmpty();
    }

    @Test
    void copiesOnlyWhatTheOtherStoreKeepsAndDoesNotMakeADeletedCopyAgain() {
        tags = Map.of(TagNames.START_SCHEDULE, "0 8 * * *", TagNames.RETENTION, "last=5");
        IntStream.range(0, 5).forEach(days -> publish(Fixtures.NOW.minus(Duration.ofDays(2L * days))));
        CopyTarget two = new CopyTarget("disk", disk, Optional.of(RetentionPolicy.parse("last=2")));

        assertThat(copy(two).items()).hasSize(2);
        disk.delete(disk.list().min(DumpKey::compareTo).orElseThrow());
        assertThat(copy(two).items()).hasSize(1);

        publish(Fixtures.NOW.plus(Duration.ofHours(1)));
        assertThat(copy(two).items()).hasSize(1);
        assertThat(disk.list()).hasSize(3);
        assertThat(Monitoring.of(copies(two).at("disk"))
                        .prune(List.of("orders"), false)
                        .items())
                .anyMatch(item -> item.deleted() && item.reason().equals("not in last=2"));
        assertThat(disk.list()).hasSize(2);
        assertThat(copy(two).items()).isEmpty();
    }

    @Test
    void keepsCopiesOfDumpsThatTheFirstStoreHasDeleted() {
        IntStream.range(0, 3).forEach(days -> dump(Fixtures.NOW.minus(Duration.ofDays(days))));
        copy(to(disk));
        store.list().toList().stream().sorted().limit(2).forEach(store::delete);

        assertThat(copy(to(disk)).items()).isEmpty();
        assertThat(disk.list()).hasSize(3);
        assertThat(status(to(disk)).copies().get(0).isComplete()).isTrue();
    }

    @Test
    void prunesNoCopiesWhileTheNewestOnesAreMissing() {
        tags = Map.of(TagNames.START_SCHEDULE, "0 8 * * *", TagNames.RETENTION, "last=1");
        dump(Instant.parse("2026-11-18T08:00:00Z"));
        dump(Instant.parse("2026-11-19T08:00:00Z"));
        copy(to(disk));
        dump(Instant.parse("2026-11-22T08:00:00Z"));

        assertThat(Monitoring.of(copies(to(disk)).at("disk"), Duration.ofHours(1))
                        .prune(List.of("orders"), false)
                        .items())
                .allMatch(item -> item.reason().equals("nothing is deleted while the database is overdue"));
        assertThat(disk.list()).hasSize(1);
    }

    @Test
    void showsInTheStatusWhichCopiesAreLateAndWhichAreMissing() {
        DumpManifest old = Manifests.publish(
                store, Manifests.of("orders", "2026-11-21T08:00:00Z").build());
        DumpManifest recent = Manifests.publish(
                store, Manifests.of("orders", "2026-11-22T09:00:00Z").build());

        DatabaseStatus lacking = status(to(disk));
        assertThat(lacking.copies()).containsExactly(new CopyStatus("disk", List.of(old), List.of(recent)));
        assertThat(lacking.needsOperator()).isTrue();

        Manifests.publish(disk, old);
        assertThat(status(to(disk)).needsOperator()).isFalse();
        assertThat(status(to(disk)).copies().get(0).late()).containsExactly(recent);

        copy(to(disk));
        assertThat(status(to(disk)).copies().get(0).isComplete()).isTrue();
    }

    @Test
    void stopsWhenItsThreadIsInterruptedAndLeavesNothing() {
        dump(Fixtures.NOW);
        CopyListener interrupting = new CopyListener() {
            @Override
            public DumpProgress begins(String name, DumpManifest dump) {
                Thread.currentThread().interrupt();
                return DumpProgress.SILENT;
            }
        };

        CopyReport report = copies(to(disk)).copy(List.of(), interrupting).get(0);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.failures()).extracting(AutoDumpException::code).containsExactly(ErrorCode.INTERRUPTED);
        assertThat(disk.files()).isEmpty();
        assertThat(events.events()).noneMatch(DumpEvent.CopyFailed.class::isInstance);
    }

    @Test
    void reportsTheBytesThatWereSentAndThenThoseThatWereReadBack() {
        dump(Fixtures.NOW);
        StringBuilder seen = new StringBuilder();
        CopyListener listener = new CopyListener() {
            @Override
            public DumpProgress begins(String name, DumpManifest dump) {
                return new DumpProgress() {
                    @Override
                    public void begin(Pass pass) {
                        seen.append(pass).append(' ');
                    }

                    @Override
                    public void bytes(long total) {
                        seen.append(total).append(' ');
                    }

                    @Override
                    public void table(String table) {}
                };
            }
        };

        copies(to(disk)).copy(List.of(), listener);

        assertThat(seen).hasToString(BYTES.length + " VERIFICATION " + BYTES.length + " ");
    }

    private DumpManifest dump(Instant scheduledAt) {
        return autoDump(to(disk)).dump(ORDERS, scheduledAt, DumpProgress.SILENT).manifest();
    }

    private void publish(Instant scheduledAt) {
        Manifests.publish(store, Manifests.of("orders", scheduledAt.toString()).build());
    }

    private static CopyTarget to(DumpStore target) {
        return new CopyTarget("disk", target, Optional.empty());
    }

    private DumpCopies copies(CopyTarget target) {
        return DumpCopies.of(autoDump(target));
    }

    private CopyReport copy(CopyTarget target) {
        return copies(target).copy(List.of(), CopyListener.NONE).get(0);
    }

    private DatabaseStatus status(CopyTarget target) {
        return Monitoring.of(autoDump(target)).status(List.of()).databases().get(0);
    }

    private AutoDump autoDump(CopyTarget target) {
        InMemorySecrets secrets = Fixtures.secrets(tags);
        AutoDumpBuilder builder = AutoDump.builder()
                .secretCatalog(secrets)
                .secretValues(secrets)
                .dumpSource(source)
                .dumpStore(store)
                .archiveInspector(new FakeArchiveInspector())
                .copyTo(target)
                .dumpEvents(events)
                .clock(CLOCK);
        return builder.build();
    }
}
