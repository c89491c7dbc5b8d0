package io.autodump.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.TableRows;
import io.autodump.core.port.DumpRecords;
import io.autodump.core.port.DumpStore;
import io.autodump.core.record.Acknowledgement;
import io.autodump.core.record.Attestation;
import io.autodump.core.record.FailedDrill;
import io.autodump.core.record.FailedRun;
import io.autodump.core.record.RecordKey;
import io.autodump.core.record.RunPlace;
import io.autodump.core.record.StoreNames;
import io.autodump.core.record.UnfinishedFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the {@link DumpRecords} of every {@link DumpStore} keep, and how a store lists what is new or unfinished. */
public abstract class DumpRecordsContract {
    private static final Instant WHEN = SampleDumps.WHEN;
    private static final RecordKey KEY = RecordKey.ofRun(Optional.empty(), "orders", Optional.of("shop"), WHEN);

    /** For the test class of a store. */
    protected DumpRecordsContract() {}

    /** The store under test; empty when a test begins, and the same one during a test. */
    protected abstract DumpStore store();

    @Test
    void hasNothingWhereThereIsNothing() {
        assertThat(keys("")).as("DumpRecords.list: an empty store").isEmpty();
        assertThat(records().find(KEY)).as("DumpRecords.find: an empty store").isEmpty();
        records().delete(KEY);
    }

    @Test
    void keepsARecord() {
        FailedRun run = failed(KEY).build();
        records().write(run);

        assertThat(records().find(KEY))
                .as("DumpRecords.find: the record as it was written")
                .contains(run);
        assertThat(keys("")).as("DumpRecords.list: the record").containsExactly(KEY);
    }

    @Test
    void keepsTheRecordsOfDrills() {
        Attestation proof = Attestation.builder()
                .dump(SampleDumps.KEY)
                .secretName("orders")
                .database("shop")
                .startedAt(WHEN)
                .finishedAt(WHEN.plusSeconds(9))
                .server("a scratch server")
                .serverVersion("15.18")
                .clientVersion("15.18")
                .storedBytes(4_711)
                .checksum(new Checksum("0".repeat(64)))
                .objects(7)
                .addTables(new TableRows("public", "orders", 12_345_678_901L))
                .tablesCompared(1)
                .assertions(3)
                .addWarnings("not restored: a setting")
                .place(RunPlace.onHost("backup-1"))
                .toolVersion("test")
                .build();
        FailedDrill failure = new FailedDrill(
                SampleDumps.KEY, WHEN, "AD-3032", "rows differ", Optional.of("look"), RunPlace.UNKNOWN, "test");
        records().write(proof);
        records().write(failure);

        assertThat(records().find(proof.key()))
                .as("DumpRecords.find: an attestation as it was written")
                .contains(proof);
        assertThat(records().find(failure.key()))
                .as("DumpRecords.find: a failed drill as it was written")
                .contains(failure);
        assertThat(keys(""))
                .as("DumpRecords.list: the records of drills")
                .containsExactlyInAnyOrder(proof.key(), failure.key());
    }

    @Test
    void replacesARecord() {
        FailedRun second =
                failed(KEY).attempts(2).message("failed again, ünïcödé").build();
        records().write(failed(KEY).build());
        records().write(second);

        assertThat(records().find(KEY))
                .as("DumpRecords.write: replaces the earlier record")
                .contains(second);
        assertThat(keys(""))
                .as("DumpRecords.write: replaces the earlier record")
                .containsExactly(KEY);
    }

    @Test
    void makesNoDumpAppear() {
        records().write(failed(KEY).build());
        records().write(new Acknowledgement(SampleDumps.KEY, WHEN, "no such dump"));

        assertThat(dumps("")).as("DumpRecords: a record is no dump").isEmpty();
        assertThat(store().find(SampleDumps.KEY))
                .as("DumpRecords: a record is no dump")
                .isEmpty();
    }

    @Test
    void isNoPartOfTheDumpBesideIt() {
        DumpManifest manifest = SampleDumps.publish(store(), SampleDumps.KEY);
        Acknowledgement accepted = new Acknowledgement(SampleDumps.KEY, WHEN, "looks right");
        records().write(failed(KEY).build());
        records().write(accepted);

        assertThat(dumps("")).as("DumpRecords: beside a dump").containsExactly(SampleDumps.KEY);
        assertThat(store().find(SampleDumps.KEY))
                .as("DumpRecords: beside a dump")
                .contains(manifest);
        assertThat(keys("")).as("DumpRecords: beside a dump").containsExactlyInAnyOrder(KEY, accepted.key());

        store().delete(SampleDumps.KEY);
        assertThat(records().find(accepted.key()))
                .as("DumpStore.delete: a record stays")
                .contains(accepted);
    }

    @Test
    void deletesThisRecordAndNoOther() {
        RecordKey other = RecordKey.ofRun(Optional.empty(), "orders", Optional.of("shop"), WHEN.plusSeconds(1));
        records().write(failed(KEY).build());
        records().write(failed(other).build());
        records().delete(KEY);

        assertThat(keys("")).as("DumpRecords.delete: this record and no other").containsExactly(other);
    }

    @Test
    void listsAFolder() {
        RecordKey prefixed = RecordKey.ofRun(Optional.of("a/b"), "orders", Optional.empty(), WHEN);
        RecordKey other = RecordKey.ofRun(Optional.empty(), "orders-2", Optional.of("shop"), WHEN);
        Stream.of(KEY, prefixed, other)
                .forEach(key -> records().write(failed(key).build()));
        DumpKey inFolder = SampleDumps.key("orders");
        DumpKey beside = SampleDumps.key("orders-2");
        Stream.of(inFolder, beside).forEach(key -> SampleDumps.publish(store(), key));

        assertThat(keys("orders")).as("DumpRecords.list: a folder").containsExactly(KEY);
        assertThat(keys("a/b/orders")).as("DumpRecords.list: a folder").containsExactly(prefixed);
        assertThat(keys("none")).as("DumpRecords.list: a folder").isEmpty();
        assertThat(dumps("orders")).as("DumpIndex.list: a folder").containsExactly(inFolder);
        assertThat(dumps(beside.databaseFolder()))
                .as("DumpIndex.list: a folder")
                .containsExactly(beside);
    }

    @Test
    void listsAtLeastTheNewestDumpsOfEachDatabaseAndTheirRecords() {
        for (int day = 0; day < 40; day++) {
            SampleDumps.publish(store(), SampleDumps.key("orders", WHEN.minus(Duration.ofDays(10L * day))));
        }
        SampleDumps.publish(store(), SampleDumps.key("stock", WHEN.minus(Duration.ofDays(999))));
        RecordKey newer = RecordKey.ofRun(Optional.empty(), "orders", Optional.of("shop"), WHEN.plusSeconds(9));
        RecordKey unknown = RecordKey.ofRun(Optional.empty(), "orders", Optional.empty(), WHEN);
        Stream.of(newer, unknown).forEach(key -> records().write(failed(key).build()));

        StoreNames names = store().newest(3);

        assertThat(names.dumps())
                .as("DumpStore.newest: the newest of each database")
                .doesNotHaveDuplicates()
                .contains(
                        SampleDumps.key("orders", WHEN),
                        SampleDumps.key("orders", WHEN.minus(Duration.ofDays(10))),
                        SampleDumps.key("orders", WHEN.minus(Duration.ofDays(20))),
                        SampleDumps.key("stock", WHEN.minus(Duration.ofDays(999))));
        assertThat(names.records()).as("DumpStore.newest: newer records").containsExactlyInAnyOrder(newer, unknown);
    }

    @Test
    void namesAllDumpsAndRecordsAtOnce() {
        DumpKey dump = SampleDumps.key("orders");
        SampleDumps.publish(store(), dump);
        SampleDumps.publish(store(), SampleDumps.key("stock"));
        records().write(failed(KEY).build());

        StoreNames names = store().names();

        assertThat(names.dumps())
                .as("DumpStore.names: all dumps")
                .containsExactlyInAnyOrder(dump, SampleDumps.key("stock"));
        assertThat(names.records()).as("DumpStore.names: all records").containsExactly(KEY);
    }

    @Test
    void findsAndDeletesAFileWithoutAManifest() {
        DumpKey finished = SampleDumps.key("stock");
        SampleDumps.publish(store(), finished);
        SampleDumps.upload(store(), SampleDumps.KEY);

        assertThat(unfinished("")).as("DumpStore.unfinished: no manifest").containsExactly(SampleDumps.KEY);
        assertThat(unfinished("stock")).as("DumpStore.unfinished: a folder").isEmpty();

        store().deleteUnfinished(SampleDumps.KEY);
        store().deleteUnfinished(finished);
        assertThat(unfinished("")).as("DumpStore.deleteUnfinished").isEmpty();
        assertThat(dumps(""))
                .as("DumpStore.deleteUnfinished: a finished dump stays")
                .containsExactly(finished);
        assertThat(store().find(finished))
                .as("DumpStore.deleteUnfinished: a finished dump stays")
                .isPresent();
    }

    private DumpRecords records() {
        return store().records();
    }

    private List<RecordKey> keys(String folder) {
        try (Stream<RecordKey> keys = records().list(folder)) {
            return keys.toList();
        }
    }

    private List<DumpKey> dumps(String folder) {
        try (Stream<DumpKey> keys = folder.isEmpty() ? store().list() : store().list(folder)) {
            return keys.toList();
        }
    }

    private List<DumpKey> unfinished(String folder) {
        try (Stream<UnfinishedFile> files = store().unfinished(folder)) {
            return files.map(UnfinishedFile::key).toList();
        }
    }

    private static FailedRun.Builder failed(RecordKey key) {
        return FailedRun.builder()
                .key(key)
                .secretName("orders")
                .database("shop")
                .scheduledAt(WHEN)
                .code("AD-3021")
                .message("pg_dump exited with status 1")
                .hint("grant it")
                .attempts(1)
                .firstFailedAt(WHEN.plusSeconds(5))
                .failedAt(WHEN.plusSeconds(5))
                .place(RunPlace.onHost("backup-1"))
                .toolVersion("test");
    }
}
