package io.autodump.core.usecase;

import static io.autodump.core.usecase.Fixtures.BYTES;
import static io.autodump.core.usecase.Fixtures.CLOCK;
import static io.autodump.core.usecase.Fixtures.NOW;
import static io.autodump.core.usecase.Fixtures.ORDERS;
import static io.autodump.core.usecase.Fixtures.secrets;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.autodump.core.AutoDump;
import io.autodump.core.contract.TagNames;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.dump.DumpParts;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.StoredFile;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.ArchiveInspector;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpUpload;
import io.autodump.core.port.PartsUpload;
import io.autodump.core.port.RestoreCheck;
import io.autodump.core.restore.StoredParts;
import io.autodump.core.testing.FakeArchiveInspector;
import io.autodump.core.testing.FakeDumpRestorer;
import io.autodump.core.testing.FakeDumpSource;
import io.autodump.core.testing.FaultyDumpStore;
import io.autodump.core.testing.FaultyDumpStore.Call;
import io.autodump.core.testing.FaultyDumpStore.Fault;
import io.autodump.core.testing.InMemoryDumpStore;
import io.autodump.core.testing.InMemorySecrets;
import io.autodump.core.testing.RecordingDumpEvents;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every use case does with a dump of several parts. */
class DumpsOfPartsTest {
    private static final byte[] ORDERS_ROWS = "1\n2\n3\n".getBytes(UTF_8);
    private static final byte[] LINES_ROWS = "10\n20\n".getBytes(UTF_8);
    private static final String ARCHIVE = "archive.dump.zst";
    private static final String FIRST = "data/0001.copy.zst";
    private static final DatabaseSecret TARGET = DatabaseSecret.builder()
            .username("app")
            .password(Password.of("hunter2"))
            .host("localhost")
            .database("copy")
            .build();

    private final InMemoryDumpStore store = new InMemoryDumpStore();
    private final FakeDumpSource source = FakeDumpSource.printingParts(BYTES, ORDERS_ROWS, LINES_ROWS);
    private final FakeDumpRestorer restorer = new FakeDumpRestorer(List.of(), true);

    @Test
    void publishesADumpWhosePartsAreAllThere() {
        DumpManifest manifest = dump();

        assertThat(manifest.key().value()).isEqualTo("orders/shop/2026/11/22/shop-2026-11-22T09-30-00Z.dump.zst");
        assertThat(manifest.storedBytes()).isEqualTo(BYTES.length + ORDERS_ROWS.length + LINES_ROWS.length);
        assertThat(manifest.checksum()).isEqualTo(manifest.parts().checksum());
        assertThat(manifest.parts().data()).extracting(DumpPart::rows).containsExactly(3L, 2L);
        assertThat(store.find(manifest.key())).contains(manifest);
        assertThat(store.paths())
                .containsExactlyInAnyOrder(
                        manifest.key().partKey(ARCHIVE),
                        manifest.key().partKey(FIRST),
                        manifest.key().partKey("data/0002.copy.zst"));
        assertThat(source.leftOpen()).isZero();
    }

    @Test
    void dumpsOneFileIntoAStoreThatTakesNoParts() {
        DumpManifest manifest = autoDump(source, new NoParts(store), Map.of())
                .dump(ORDERS, NOW, DumpProgress.SILENT)
                .manifest();

        assertThat(manifest.parts().isEmpty()).isTrue();
        assertThat(store.bytes(manifest.key())).isEqualTo(BYTES);
    }

    @Test
    void leavesNothingWhenTheSourceFailsAfterItsLastPart() {
        FakeDumpSource failing = FakeDumpSource.failingAfterParts(BYTES, ORDERS_ROWS);

        assertCode(
                () -> autoDump(failing, store, Map.of()).dump(ORDERS, NOW, DumpProgress.SILENT),
                ErrorCode.DUMP_PROCESS_FAILED);
        assertThat(store.paths()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Call.class,
            names = {"BEGIN", "WRITE", "COMMIT", "PUBLISH"})
    void leavesNothingWhenTheStoreFails(Call call) {
        DumpStore faulty = new FaultyDumpStore(store, call, Fault.REFUSED);

        assertCode(
                () -> autoDump(source, faulty, Map.of()).dump(ORDERS, NOW, DumpProgress.SILENT),
                ErrorCode.STORE_FAILED);
        assertThat(store.paths()).isEmpty();
        assertThat(store.list()).isEmpty();
    }

    @Test
    void publishesNothingWhenTheStoreLosesBytes() {
        DumpStore losing = new FaultyDumpStore(store, Call.WRITE, Fault.LOST);

        assertCode(
                () -> autoDump(source, losing, Map.of()).dump(ORDERS, NOW, DumpProgress.SILENT),
                ErrorCode.DUMP_CORRUPT);
        assertThat(store.paths()).isEmpty();
    }

    @Test
    void findsADumpThatAnEarlierAttemptFinished() {
        DumpManifest manifest = dump();

        assertThat(autoDump(source, store, Map.of()).dump(ORDERS, NOW, DumpProgress.SILENT))
                .satisfies(again -> assertThat(again.alreadyThere()).isTrue())
                .satisfies(again -> assertThat(again.manifest()).isEqualTo(manifest));
    }

    @Test
    void provesTheParts() {
        List<String> read = new ArrayList<>();
        RestoreCheck check = new RestoreCheck() {
            @Override
            public void checkReady(DatabaseSecret database) {}

            @Override
            public void prove(DumpManifest manifest, InputStream stored) {
                throw new AssertionError("one file");
            }

            @Override
            public void prove(DumpManifest manifest, StoredParts stored) {
                manifest.parts().all().forEach(part -> read.add(text(stored, part.name())));
            }
        };
        InMemorySecrets secrets = secrets(Map.of(TagNames.VERIFY, "restore"));
        AutoDump.builder()
                .secretCatalog(secrets)
                .secretValues(secrets)
                .dumpSource(source)
                .dumpStore(store)
                .dumpEvents(new RecordingDumpEvents())
                .restoreCheck(check)
                .clock(CLOCK)
                .build()
                .dump(ORDERS, NOW, DumpProgress.SILENT);

        assertThat(read).containsExactly(new String(BYTES, UTF_8), "1\n2\n3\n", "10\n20\n");
    }

    private static String text(StoredParts stored, String name) {
        try (InputStream part = stored.open(name)) {
            return new String(part.readAllBytes(), UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void verifiesEveryPartAndReportsTheirBytes() {
        DumpManifest manifest = dump();
        List<Long> totals = new ArrayList<>();

        autoDump(source, store, Map.of()).verify(manifest.key(), progress(totals));

        assertThat(totals).isSorted().endsWith(manifest.storedBytes());
    }

    /** Each waits for another one. */
    @Test
    void verifiesSeveralPartsAtATime() {
        assumeTrue(ForkJoinPool.getCommonPoolParallelism() > 0, "a machine with two processors");
        CountDownLatch two = new CountDownLatch(2);
        ArchiveInspector meeting = new ArchiveInspector() {
            @Override
            public Optional<Integer> inspect(DumpManifest manifest, InputStream stored) {
                meet(two);
                return manifest.archiveEntries();
            }

            @Override
            public OptionalLong countRows(DumpManifest manifest, DumpPart part, InputStream stored) {
                meet(two);
                return OptionalLong.empty();
            }
        };
        DumpKey key = dump().key();

        AutoDump.builder()
                .dumpStore(store)
                .archiveInspector(meeting)
                .clock(CLOCK)
                .build()
                .verify(key);

        assertThat(two.getCount()).isZero();
    }

    private static void meet(CountDownLatch both) {
        both.countDown();
        try {
            assertThat(both.await(1, TimeUnit.MINUTES))
                    .as("another part is read")
                    .isTrue();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Test
    void endsTheVerificationIfItsThreadIsInterrupted() {
        DumpKey key = dump().key();
        Thread.currentThread().interrupt();

        assertCode(() -> verify(key), ErrorCode.INTERRUPTED);

        assertThat(Thread.interrupted()).isTrue();
        verify(key);
    }

    @Test
    void findsADamagedPart() {
        DumpKey key = dump().key();
        for (String name : List.of(ARCHIVE, FIRST)) {
            store.corruptPart(key, name, "1\n2\n4\n".getBytes(UTF_8));
            assertThatThrownBy(() -> verify(key)).hasMessageContaining("part " + name + " of dump " + key);
            assertCode(() -> restore(key), ErrorCode.DUMP_CORRUPT);
            assertThat(restorer.restoredParts()).isEmpty();
            store.corruptPart(key, name, name.equals(ARCHIVE) ? BYTES : ORDERS_ROWS);
        }
        verify(key);
    }

    @Test
    void findsAMissingPart() {
        DumpKey key = dump().key();
        store.losePart(key, FIRST);

        assertCode(() -> verify(key), ErrorCode.DUMP_CORRUPT);
        assertCode(() -> restore(key), ErrorCode.DUMP_CORRUPT);
        autoDump(source, store, Map.of()).delete(key);
        assertThat(store.paths()).isEmpty();
    }

    @Test
    void comparesTheRowsOfAPart() {
        DumpManifest manifest = dump();
        AutoDump counting = AutoDump.builder()
                .dumpStore(store)
                .archiveInspector((dump, stored) -> new FakeArchiveInspector().inspect(dump, stored))
                .clock(CLOCK)
                .build();

        assertThat(counting.verify(manifest.key(), DumpProgress.SILENT).manifest())
                .as("an inspector that can't count")
                .isEqualTo(manifest);
        byte[] twice = "1\n\n2\n".getBytes(UTF_8);
        DumpKey other = lying(twice).key();
        assertThatThrownBy(() -> verify(other)).hasMessageContaining("it holds 3 rows, the manifest has 2");
    }

    /** A dump whose manifest says that its part of three lines has two rows. */
    private DumpManifest lying(byte[] rows) {
        DumpManifest manifest = dump();
        autoDump(source, store, Map.of()).delete(manifest.key());
        DumpPart archive = manifest.parts().archive();
        try (PartsUpload upload = store.beginParts(manifest.key(), 1)) {
            StoredFile first = write(upload.part(ARCHIVE), BYTES);
            StoredFile second = write(upload.part(FIRST), rows);
            upload.commit();
            DumpParts parts = new DumpParts(
                    List.of(
                            DumpPart.builder().from(archive).stored(first).build(),
                            DumpPart.builder()
                                    .from(manifest.parts().data().get(0))
                                    .stored(second)
                                    .rows(2)
                                    .build()),
                    List.of());
            DumpManifest lying =
                    parts.describe(DumpManifest.builder().from(manifest)).build();
            store.publish(lying);
            return lying;
        }
    }

    private static StoredFile write(DumpUpload upload, byte[] bytes) {
        try (upload) {
            upload.write(bytes, 0, bytes.length);
            return upload.commit();
        }
    }

    @Test
    void restoresEveryPart() {
        DumpManifest manifest = dump();
        List<Long> totals = new ArrayList<>();
        autoDump(source, store, Map.of()).restore(manifest.key(), TARGET, RestoreOptions.DEFAULTS, progress(totals));

        assertThat(restorer.restoredParts())
                .hasSize(3)
                .hasEntrySatisfying(FIRST, rows -> assertThat(rows).isEqualTo(ORDERS_ROWS));
        assertThat(totals).endsWith(manifest.storedBytes());
        assertThat(restorer.restored()).isEmpty();
    }

    @Test
    void refusesAPartThatChangesAfterItWasVerified() {
        DumpKey key = dump().key();
        DumpStore changing = new NoParts(store) {
            private int opened;

            @Override
            public InputStream openPart(DumpKey dump, String name) {
                opened += name.equals(FIRST) ? 1 : 0;
                if (opened == 2) {
                    store.corruptPart(dump, name, "1\n2\n4\n".getBytes(UTF_8));
                }
                return store.openPart(dump, name);
            }
        };

        assertCode(
                () -> autoDump(source, changing, Map.of())
                        .restore(key, TARGET, RestoreOptions.DEFAULTS, DumpProgress.SILENT),
                ErrorCode.DUMP_CORRUPT);
        assertThat(restorer.restoredParts()).doesNotContainKey(FIRST);
    }

    private DumpManifest dump() {
        return autoDump(source, store, Map.of())
                .dump(ORDERS, NOW, DumpProgress.SILENT)
                .manifest();
    }

    private void verify(DumpKey key) {
        autoDump(source, store, Map.of()).verify(key, DumpProgress.SILENT);
    }

    private void restore(DumpKey key) {
        autoDump(source, store, Map.of()).restore(key, TARGET, RestoreOptions.DEFAULTS, DumpProgress.SILENT);
    }

    private AutoDump autoDump(FakeDumpSource from, DumpStore into, Map<String, String> tags) {
        InMemorySecrets secrets = secrets(tags);
        return AutoDump.builder()
                .secretCatalog(secrets)
                .secretValues(secrets)
                .dumpSource(from)
                .dumpStore(into)
                .archiveInspector(new FakeArchiveInspector())
                .dumpRestorer(restorer)
                .dumpEvents(new RecordingDumpEvents())
                .clock(CLOCK)
                .build();
    }

    private static DumpProgress progress(List<Long> totals) {
        return new DumpProgress() {
            @Override
            public void begin(Pass pass) {
                totals.clear();
            }

            @Override
            public void bytes(long total) {
                totals.add(total);
            }

            @Override
            public void table(String name) {}
        };
    }

    private static void assertCode(ThrowingCallable call, ErrorCode code) {
        assertThat(catchThrowableOfType(AutoDumpException.class, call).code()).isEqualTo(code);
    }

    /** A store as releases before parts had it. */
    private static class NoParts extends ForwardingDumpStore {
        NoParts(DumpStore store) {
            super(store);
        }
    }
}
