package io.autodump.core.usecase.restore;

import static io.autodump.core.usecase.Fixtures.BYTES;
import static io.autodump.core.usecase.Fixtures.CLOCK;
import static io.autodump.core.usecase.Fixtures.NOW;
import static io.autodump.core.usecase.Fixtures.VALUE;
import static io.autodump.core.usecase.Fixtures.secret;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.AutoDump;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.RestoreReport;
import io.autodump.core.dump.TableRows;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.ArchiveInspector;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpRestorer;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpUpload;
import io.autodump.core.restore.RestorePlan;
import io.autodump.core.secret.SecretId;
import io.autodump.core.testing.FakeArchiveInspector;
import io.autodump.core.testing.FakeDumpRestorer;
import io.autodump.core.testing.FakeDumpSource;
import io.autodump.core.testing.InMemoryDumpStore;
import io.autodump.core.testing.InMemorySecrets;
import io.autodump.core.usecase.Encryption;
import io.autodump.core.usecase.ForwardingDumpStore;
import io.autodump.core.usecase.status.DumpListing;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What is done with dumps that exist: {@link ListDumps}, {@link VerifyDump} and {@link RestoreDump}. */
class FinishedDumpsTest {
    private static final RestoreOptions CREATE =
            RestoreOptions.builder().create(true).build();

    private static final DatabaseSecret TARGET = DatabaseSecret.builder()
            .username("app")
            .password(Password.of("hunter2"))
            .host("localhost")
            .database("copy")
            .build();
    private static final TableRows ROWS = new TableRows("public", "orders", 7);

    private final InMemoryDumpStore store = new InMemoryDumpStore();
    private final FakeDumpRestorer restorer = new FakeDumpRestorer(List.of(ROWS), true);

    @Test
    void listsTheDumpsOfOneSecretOldestFirst() {
        DumpManifest newer = dump("orders", NOW);
        DumpManifest older = dump("orders", NOW.minus(Duration.ofDays(400)));
        dump("team/orders", NOW);

        DumpListing listing = list(store, Optional.of("orders"));

        assertThat(listing.dumps()).containsExactly(older, newer);
        assertThat(listing.latest()).contains(newer);
        assertThat(list(store, Optional.empty()).dumps()).hasSize(3);
    }

    @Test
    void listsNothingThatWasNeverPublished() {
        DumpKey key = DumpKey.of(Optional.empty(), "orders", "shop", NOW, ".dump");
        try (DumpUpload upload = store.begin(key)) {
            upload.write(BYTES, 0, BYTES.length);
            upload.commit();
        }

        assertThat(list(store, Optional.of("orders")).latest()).isEmpty();
        assertCode(() -> verify(key), ErrorCode.DUMP_NOT_FOUND);
        assertCode(() -> restore(key), ErrorCode.DUMP_NOT_FOUND);
    }

    @Test
    void listsTheOthersWhenOneManifestCannotBeRead() {
        DumpManifest broken = dump("broken", NOW);
        DumpManifest whole = dump("orders", NOW);
        DumpStore halfReadable = new ReadFailure(store, broken.key(), ErrorCode.INVALID_DOCUMENT);

        DumpListing listing = list(halfReadable, Optional.empty());

        assertThat(listing.dumps()).containsExactly(whole);
        assertThat(listing.unreadable())
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.where()).isEqualTo(broken.key().manifestKey()));
    }

    @Test
    void failsWhenTheStoreCannotBeRead() {
        DumpStore unreachable = new ReadFailure(store, dump("orders", NOW).key(), ErrorCode.STORE_FAILED);

        assertCode(() -> list(unreachable, Optional.empty()), ErrorCode.STORE_FAILED);
    }

    @Test
    void findsAWholeDumpWhole() {
        DumpManifest manifest = dump("orders", NOW);

        VerifyReport report = verify(manifest.key());

        assertThat(report.manifest()).isEqualTo(manifest);
        assertThat(report.archiveEntries()).contains(FakeArchiveInspector.ENTRIES);
    }

    @Test
    void findsEveryChangedByteAndEveryMissingOne() {
        DumpManifest manifest = dump("orders", NOW);
        for (int i = 0; i < BYTES.length; i++) {
            byte[] changed = BYTES.clone();
            changed[i] ^= 1;
            store.corrupt(manifest.key(), changed);
            assertCode(() -> verify(manifest.key()), ErrorCode.DUMP_CORRUPT);

            store.corrupt(manifest.key(), Arrays.copyOf(BYTES, i));
            assertCode(() -> verify(manifest.key()), ErrorCode.DUMP_CORRUPT);
        }
    }

    @Test
    void findsAContentsListThatDiffersFromTheManifest() {
        DumpManifest manifest = dump("orders", NOW);
        VerifyDump verifyDump = new VerifyDump(store, new FakeArchiveInspector(41), Encryption.NONE);

        assertThatThrownBy(() -> verifyDump.verify(manifest.key(), DumpProgress.SILENT))
                .hasMessageContaining("has 41 entries, the manifest has 42");
    }

    @Test
    void saysWhetherTheBytesDifferWhenTheArchiveCannotBeRead() {
        DumpManifest manifest = dump("orders", NOW);
        ArchiveInspector unreadable = (inspected, stored) -> {
            throw new AutoDumpException(ErrorCode.DUMP_CORRUPT, "no contents list", "use another");
        };
        VerifyDump verifyDump = new VerifyDump(store, unreadable, Encryption.NONE);

        assertThatThrownBy(() -> verifyDump.verify(manifest.key(), DumpProgress.SILENT))
                .hasMessageContaining("its bytes are those that were dumped");
        store.corrupt(manifest.key(), "other".getBytes(UTF_8));
        assertThatThrownBy(() -> verifyDump.verify(manifest.key(), DumpProgress.SILENT))
                .hasMessageContaining("not those that were dumped");
    }

    @Test
    void restoresTheBytesThatWereDumped() {
        DumpManifest manifest = dump("orders", NOW);

        assertThat(restore(manifest.key()).tables()).containsExactly(ROWS);
        assertThat(restorer.restored())
                .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(BYTES));
    }

    @Test
    void touchesNoTargetWithACorruptDump() {
        DumpManifest manifest = dump("orders", NOW);
        store.corrupt(manifest.key(), "other".getBytes(UTF_8));

        assertCode(() -> restore(manifest.key()), ErrorCode.DUMP_CORRUPT);
        assertThat(restorer.restored()).isEmpty();
    }

    @Test
    void failsWhenOtherBytesAreRestoredThanWereVerified() {
        DumpManifest manifest = dump("orders", NOW);
        byte[] changed = BYTES.clone();
        changed[0] ^= 1;
        DumpStore changing = new ChangingFile(store, () -> store.corrupt(manifest.key(), changed));

        assertThatThrownBy(() -> restoreFrom(changing, manifest.key(), DumpProgress.SILENT))
                .isInstanceOfSatisfying(
                        AutoDumpException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.DUMP_CORRUPT))
                .hasMessageContaining("isn't what was dumped");
    }

    @Test
    void hashesWhatTheRestorerLeavesUnread() {
        DumpManifest manifest = dump("orders", NOW);
        DumpStore changing =
                new ChangingFile(store, () -> store.corrupt(manifest.key(), Arrays.copyOf(BYTES, BYTES.length + 1)));
        DumpRestorer readsNothing = new DumpRestorer() {
            @Override
            public void check(DumpManifest dump, DatabaseSecret target, RestoreOptions options) {}

            @Override
            public RestoreReport restore(
                    DumpManifest dump,
                    InputStream stored,
                    DatabaseSecret target,
                    RestoreOptions options,
                    DumpProgress progress) {
                return RestoreReport.builder()
                        .clientVersion("15.18")
                        .serverVersion("15.18")
                        .build();
            }
        };

        assertCode(
                () -> new RestoreDump(
                                changing,
                                new VerifyDump(changing, new FakeArchiveInspector(), Encryption.NONE),
                                readsNothing,
                                Encryption.NONE)
                        .restore(manifest.key(), TARGET, RestoreOptions.DEFAULTS, DumpProgress.SILENT),
                ErrorCode.DUMP_CORRUPT);
    }

    @Test
    void fetchesTheManifestOnceAndTheFileTwiceAfterALookAtItsBeginning() {
        DumpManifest manifest = dump("orders", NOW);
        ChangingFile counting = new ChangingFile(store, () -> {});

        restoreFrom(counting, manifest.key(), DumpProgress.SILENT);

        assertThat(counting.finds).hasValue(1);
        assertThat(counting.opens).hasValue(3);
    }

    @Test
    void readsTheFileOnceToRestoreIntoADatabaseThatItCreates() {
        DumpManifest manifest = dump("orders", NOW);
        ChangingFile counting = new ChangingFile(store, () -> {});

        restoreFrom(counting, manifest.key(), CREATE, DumpProgress.SILENT);

        assertThat(counting.opens).hasValue(2);
    }

    @Test
    void endsTheOnlyPassOverOtherBytesByAnErrorThatTheRestorerSees() {
        DumpManifest manifest = dump("orders", NOW);
        byte[] changed = BYTES.clone();
        changed[0] ^= 1;
        store.corrupt(manifest.key(), changed);

        assertCode(() -> restoreFrom(store, manifest.key(), CREATE, DumpProgress.SILENT), ErrorCode.DUMP_CORRUPT);
        assertThat(restorer.restored()).isEmpty();
    }

    @Test
    void namesOtherBytesAsTheCauseOfAFailedRestore() {
        DumpManifest manifest = dump("orders", NOW);
        byte[] changed = BYTES.clone();
        changed[0] ^= 1;
        store.corrupt(manifest.key(), changed);
        DumpRestorer failing = new FailingRestorer();

        assertThatThrownBy(() -> new RestoreDump(
                                store,
                                new VerifyDump(store, new FakeArchiveInspector(), Encryption.NONE),
                                failing,
                                Encryption.NONE)
                        .restore(manifest.key(), TARGET, CREATE, DumpProgress.SILENT))
                .isInstanceOfSatisfying(
                        AutoDumpException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.DUMP_CORRUPT))
                .hasMessageContaining("isn't what was dumped")
                .hasMessageContaining("syntax error; it is dropped again");
    }

    /** Takes one byte. */
    private static final class FailingRestorer implements DumpRestorer {
        @Override
        public void check(DumpManifest dump, DatabaseSecret target, RestoreOptions options) {}

        @Override
        public RestorePlan plan(DumpManifest dump, InputStream stored, DatabaseSecret target, RestoreOptions options) {
            return RestorePlan.builder().createsDatabase(true).build();
        }

        @Override
        public RestoreReport restore(
                DumpManifest dump,
                InputStream stored,
                DatabaseSecret target,
                RestoreOptions options,
                DumpProgress progress) {
            try {
                stored.read();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            throw new AutoDumpException(ErrorCode.RESTORE_FAILED, "syntax error; it is dropped again", "look");
        }
    }

    @Test
    void reportsTheVerificationAndThenTheRestore() {
        DumpManifest manifest = dump("orders", NOW);
        RecordingProgress progress = new RecordingProgress();

        restoreFrom(store, manifest.key(), progress);

        assertThat(progress.seen).containsExactly("VERIFICATION", BYTES.length + " bytes", "RESTORE");
    }

    @Test
    void touchesNoTargetThatIsNotEmptyUnlessTold() {
        DumpManifest manifest = dump("orders", NOW);
        FakeDumpRestorer intoFull = new FakeDumpRestorer(List.of(), false);
        RestoreDump restoreDump = new RestoreDump(
                store, new VerifyDump(store, new FakeArchiveInspector(), Encryption.NONE), intoFull, Encryption.NONE);

        assertCode(
                () -> restoreDump.restore(manifest.key(), TARGET, RestoreOptions.DEFAULTS, DumpProgress.SILENT),
                ErrorCode.TARGET_NOT_EMPTY);
        assertThat(intoFull.restored()).isEmpty();
        restoreDump.restore(
                manifest.key(),
                TARGET,
                RestoreOptions.builder().intoNonEmpty(true).build(),
                DumpProgress.SILENT);
        assertThat(intoFull.restored()).isPresent();
    }

    @Test
    void findsRowsThatGotLost() {
        DumpManifest manifest = dump("orders", NOW);
        DumpManifest counted = DumpManifest.builder()
                .from(manifest)
                .key(DumpKey.of(Optional.empty(), "counted", "shop", NOW, ".dump"))
                .addTables(ROWS, new TableRows("public", "items", 3))
                .build();
        try (DumpUpload upload = store.begin(counted.key())) {
            upload.write(BYTES, 0, BYTES.length);
            upload.commit();
        }
        store.publish(counted);

        assertThatThrownBy(() -> restore(counted.key()))
                .isInstanceOf(AutoDumpException.class)
                .hasMessageContaining("items")
                .hasMessageNotContaining("table=orders");
    }

    private DumpManifest dump(String name, Instant when) {
        InMemorySecrets secrets = new InMemorySecrets().put(secret(name, Map.of()), VALUE);
        return AutoDump.builder()
                .secretCatalog(secrets)
                .secretValues(secrets)
                .dumpSource(FakeDumpSource.printing(BYTES))
                .dumpStore(store)
                .clock(CLOCK)
                .build()
                .dump(SecretId.of(name), when, DumpProgress.SILENT)
                .manifest();
    }

    private static DumpListing list(DumpStore from, Optional<String> secretName) {
        return AutoDump.builder().dumpStore(from).build().list(secretName);
    }

    private VerifyReport verify(DumpKey key) {
        return new VerifyDump(store, new FakeArchiveInspector(), Encryption.NONE).verify(key, DumpProgress.SILENT);
    }

    private RestoreReport restore(DumpKey key) {
        return restoreFrom(store, key, DumpProgress.SILENT);
    }

    private RestoreReport restoreFrom(DumpStore from, DumpKey key, DumpProgress progress) {
        return restoreFrom(from, key, RestoreOptions.DEFAULTS, progress);
    }

    private RestoreReport restoreFrom(DumpStore from, DumpKey key, RestoreOptions options, DumpProgress progress) {
        return new RestoreDump(
                        from,
                        new VerifyDump(from, new FakeArchiveInspector(), Encryption.NONE),
                        restorer,
                        Encryption.NONE)
                .restore(key, TARGET, options, progress);
    }

    private static final class RecordingProgress implements DumpProgress {
        private final List<String> seen = new ArrayList<>();

        @Override
        public void begin(Pass pass) {
            seen.add(pass.name());
        }

        @Override
        public void bytes(long total) {
            seen.add(total + " bytes");
        }

        @Override
        public void table(String name) {}
    }

    private static void assertCode(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AutoDumpException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }

    /** Can't give the manifest of one key. */
    private static final class ReadFailure extends ForwardingDumpStore {
        private final DumpKey broken;
        private final ErrorCode code;

        ReadFailure(DumpStore store, DumpKey broken, ErrorCode code) {
            super(store);
            this.broken = broken;
            this.code = code;
        }

        @Override
        public Optional<DumpManifest> find(DumpKey key) {
            if (key.equals(broken)) {
                throw new AutoDumpException(code, "can't be read", "look at it");
            }
            return super.find(key);
        }
    }

    /** Counts what is fetched, and does something before the third opening of a file, which restores. */
    private static final class ChangingFile extends ForwardingDumpStore {
        private final Runnable change;
        private final AtomicInteger finds = new AtomicInteger();
        private final AtomicInteger opens = new AtomicInteger();

        ChangingFile(DumpStore store, Runnable change) {
            super(store);
            this.change = change;
        }

        @Override
        public Optional<DumpManifest> find(DumpKey key) {
            finds.incrementAndGet();
            return super.find(key);
        }

        @Override
        public InputStream open(DumpKey key) {
            if (opens.incrementAndGet() == 3) {
                change.run();
            }
            return super.open(key);
        }
    }
}
