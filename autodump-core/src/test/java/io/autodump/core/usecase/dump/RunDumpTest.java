package io.autodump.core.usecase.dump;

import static io.autodump.core.usecase.Fixtures.BYTES;
import static io.autodump.core.usecase.Fixtures.CLOCK;
import static io.autodump.core.usecase.Fixtures.NOW;
import static io.autodump.core.usecase.Fixtures.ORDERS;
import static io.autodump.core.usecase.Fixtures.secrets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.core.AutoDump;
import io.autodump.core.AutoDumpBuilder;
import io.autodump.core.contract.TagNames;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.DumpEvent;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpOutcome;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.NotIncluded;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.InvalidInputException;
import io.autodump.core.error.OutcomeUnknownException;
import io.autodump.core.error.Problem;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpSource;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpUpload;
import io.autodump.core.port.RestoreCheck;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.SecretValue;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.testing.FakeDumpSource;
import io.autodump.core.testing.FaultyDumpStore;
import io.autodump.core.testing.FaultyDumpStore.Call;
import io.autodump.core.testing.FaultyDumpStore.Fault;
import io.autodump.core.testing.InMemoryDumpStore;
import io.autodump.core.testing.InMemorySecrets;
import io.autodump.core.testing.RecordingDumpEvents;
import io.autodump.core.usecase.Fixtures;
import java.io.InputStream;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class RunDumpTest {
    private final InMemoryDumpStore store = new InMemoryDumpStore();
    private final RecordingDumpEvents events = new RecordingDumpEvents();
    private final FakeDumpSource source = FakeDumpSource.printing(BYTES);

    @Test
    void publishesADumpWhoseSourceEndedWell() throws Exception {
        DumpOutcome outcome = run(source, store);

        DumpManifest manifest = outcome.manifest();
        assertThat(outcome.alreadyThere()).isFalse();
        assertThat(store.find(manifest.key())).contains(manifest);
        assertThat(manifest.key().value()).isEqualTo("orders/shop/2026/11/22/shop-2026-11-22T09-30-00Z.dump.zst");
        assertThat(manifest.storedBytes()).isEqualTo(BYTES.length);
        try (InputStream stored = store.open(manifest.key())) {
            assertThat(stored.readAllBytes()).isEqualTo(BYTES);
        }
        assertThat(events.events()).containsExactly(new DumpEvent.Succeeded(manifest));
        assertThat(source.leftOpen()).isZero();
    }

    @Test
    void namesTheProblemsOfTagsAndValueTogether() {
        InMemorySecrets wrong = new InMemorySecrets()
                .put(
                        Fixtures.secret("orders", Map.of("autodump:jobs", "0")),
                        SecretValue.of("{\"username\":\"app\",\"port\":0}"));

        InvalidInputException invalid = catchThrowableOfType(
                InvalidInputException.class,
                () -> runDump(wrong, source, store, Optional.empty())
                        .dump(SecretId.of("orders"), NOW, DumpProgress.SILENT));

        assertThat(invalid.code()).isEqualTo(ErrorCode.INVALID_TAGS);
        assertThat(invalid.problems())
                .extracting(Problem::where)
                .contains("autodump:jobs", "password", "databasename or dbname", "endpoint or host", "port");
    }

    @Test
    void warnsOfATagThatCanNotBeReadAndDumpsWithItsDefault() {
        InMemorySecrets broken = Fixtures.secrets(Map.of("autodump:jobs", "0", "autodump:start-schedule", "often"));

        DumpManifest manifest = runDump(broken, source, store, Optional.empty())
                .dump(SecretId.of("orders"), NOW, DumpProgress.SILENT)
                .manifest();

        assertThat(manifest.warnings())
                .hasSize(2)
                .allSatisfy(warning -> assertThat(warning)
                        .startsWith("the tag autodump:")
                        .endsWith("; the dump was made with its default"));
        assertThat(events.events()).containsExactly(new DumpEvent.Succeeded(manifest));
    }

    @Test
    void dumpsNothingWhenTheDefaultOfABrokenTagCouldDumpTooMuch() {
        InMemorySecrets broken = Fixtures.secrets(Map.of("autodump:exclude-tabel-data", "customers"));

        InvalidInputException invalid = catchThrowableOfType(
                InvalidInputException.class,
                () -> runDump(broken, source, store, Optional.empty())
                        .dump(SecretId.of("orders"), NOW, DumpProgress.SILENT));

        assertThat(invalid.code()).isEqualTo(ErrorCode.INVALID_TAGS);
        assertThat(invalid).hasMessageContaining("did you mean autodump:exclude-table-data?");
        assertThat(events.events()).singleElement().isInstanceOf(DumpEvent.Failed.class);
    }

    @Test
    void recordsWhatTheDumpDoesNotHold() {
        NotIncluded subscription = new NotIncluded("subscription", "from_hub", "left out", "create it again");

        DumpManifest manifest =
                run(FakeDumpSource.printingAllBut(BYTES, subscription), store).manifest();

        assertThat(manifest.notIncluded()).containsExactly(subscription);
        assertThat(manifest.hasWarnings()).isTrue();
        assertThat(store.find(manifest.key())).contains(manifest);
        assertThat(events.events()).containsExactly(new DumpEvent.Succeeded(manifest));
    }

    @Test
    void looksAtTheDatabaseWhileAnotherThreadAsksTheStore() {
        List<Runnable> asked = new ArrayList<>();
        DumpSource looking = (database, settings) -> {
            assertThat(asked).hasSize(1);
            asked.remove(0).run();
            return source.prepare(database, settings);
        };
        InMemorySecrets secrets = secrets(Map.of());
        AutoDump autoDump = AutoDump.builder()
                .secretCatalog(secrets)
                .secretValues(secrets)
                .dumpSource(looking)
                .dumpStore(store)
                .dumpExecutor(asked::add)
                .clock(CLOCK)
                .build();

        assertThat(autoDump.dump(ORDERS, NOW, DumpProgress.SILENT).alreadyThere())
                .isFalse();
        assertThat(autoDump.dump(ORDERS, NOW, DumpProgress.SILENT).alreadyThere())
                .isTrue();
        assertThat(store.list()).hasSize(1);
    }

    @Test
    void publishesNothingWhenTheSourceExitsNonZeroAfterItsOutput() {
        FakeDumpSource failing = FakeDumpSource.failingAfter(BYTES);

        assertFails(failing, store, ErrorCode.DUMP_PROCESS_FAILED);
        assertThat(store.files()).isEmpty();
        assertThat(failing.leftOpen()).isZero();
    }

    @Test
    void publishesNothingWhenTheSourceEndsWellWithoutOutput() {
        assertFails(FakeDumpSource.printing(new byte[0]), store, ErrorCode.DUMP_INCOMPLETE);
        assertThat(store.files()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "OPEN")
    void showsNoDumpWhenTheStoreFailsAtAnyCall(Call call) {
        assertFails(source, new FaultyDumpStore(store, call, Fault.REFUSED), ErrorCode.STORE_FAILED);
        assertThat(store.list()).isEmpty();
        assertThat(source.leftOpen()).isZero();
    }

    @Test
    void reportsALostAnswerToTheCommitAsUnknownAndShowsNoDump() {
        DumpStore faulty = new FaultyDumpStore(store, Call.COMMIT, Fault.ANSWER_LOST);

        assertThatThrownBy(() -> run(source, faulty)).isInstanceOf(OutcomeUnknownException.class);
        assertThat(store.list()).isEmpty();
    }

    @Test
    void keepsADumpWhosePublicationHadItsAnswerLost() {
        DumpStore faulty = new FaultyDumpStore(store, Call.PUBLISH, Fault.ANSWER_LOST);

        OutcomeUnknownException unknown =
                catchThrowableOfType(OutcomeUnknownException.class, () -> run(source, faulty));
        assertThat(unknown.hint()).isPresent();
        assertThat(store.list()).hasSize(1);
        assertThat(run(source, store).alreadyThere()).as("the retry finds it").isTrue();
    }

    @Test
    void removesTheFileWhoseManifestTheStoreRefuses() {
        assertFails(source, new FaultyDumpStore(store, Call.PUBLISH, Fault.REFUSED), ErrorCode.STORE_FAILED);
        assertThat(store.files()).isEmpty();
    }

    @Test
    void refusesAnInstantFarAheadOfTheClock() {
        AutoDump runDump = runDump(secrets(Map.of()), source, store, Optional.empty());

        assertThatThrownBy(() -> runDump.dump(ORDERS, NOW.plus(2, ChronoUnit.DAYS), DumpProgress.SILENT))
                .isInstanceOfSatisfying(
                        AutoDumpException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CLOCK_WRONG))
                .hasMessageContaining("nothing was dumped");
        assertThat(store.files()).isEmpty();
    }

    @Test
    void replacesWhatAnEarlierAttemptLeftUnfinished() {
        assertThatThrownBy(() -> run(source, new FaultyDumpStore(store, Call.COMMIT, Fault.ANSWER_LOST)))
                .isInstanceOf(OutcomeUnknownException.class);
        assertThat(store.files()).hasSize(1);

        assertThat(run(source, store).alreadyThere()).isFalse();
        assertThat(store.files()).hasSize(1);
        assertThat(store.list()).hasSize(1);
    }

    @Test
    void recordsWhatTheStoreReports() {
        DumpManifest manifest = run(source, store).manifest();

        assertThat(manifest.storedBytes()).isEqualTo(BYTES.length);
        assertThat(manifest.checksum())
                .isEqualTo(Checksum.ofSha256(Checksum.newSha256().digest(BYTES)));
    }

    @Test
    void publishesNothingWhenTheStoreLosesBytes() {
        assertFails(source, new FaultyDumpStore(store, Call.WRITE, Fault.LOST), ErrorCode.DUMP_CORRUPT);
        assertThat(store.list()).isEmpty();
    }

    @Test
    void dumpsNothingAgainWhenTheRunIsFinished() {
        DumpOutcome first = run(source, store);
        DumpOutcome second = run(FakeDumpSource.failingAfter(BYTES), store);

        assertThat(second.alreadyThere()).isTrue();
        assertThat(second.manifest()).isEqualTo(first.manifest());
    }

    @Test
    void findsWhatAnAttemptWithAnotherClientHasFinished() {
        DumpManifest byAnother = DumpManifest.builder()
                .from(run(source, new InMemoryDumpStore()).manifest())
                .key(DumpKey.of(Optional.empty(), "orders", "shop", NOW, ".dump"))
                .build();
        try (DumpUpload upload = store.begin(byAnother.key())) {
            upload.write(BYTES, 0, BYTES.length);
            upload.commit();
        }
        store.publish(byAnother);

        assertThat(run(source, store))
                .isEqualTo(DumpOutcome.builder()
                        .manifest(byAnother)
                        .alreadyThere(true)
                        .build());
        assertThat(store.list()).hasSize(1);
    }

    @Test
    void neverTakesTheDumpOfAnotherSecretForItsOwn() {
        InMemorySecrets twin = new InMemorySecrets().put(Fixtures.secret("a/orders", Map.of()), Fixtures.VALUE);
        runDump(twin, source, store, Optional.empty()).dump(SecretId.of("a/orders"), NOW, DumpProgress.SILENT);
        InMemorySecrets prefixed = new InMemorySecrets()
                .put(
                        Fixtures.secret("orders", Map.of()),
                        SecretValue.of(Fixtures.VALUE.reveal().replace("{", "{\"prefix\":\"a\",")));

        assertThatThrownBy(
                        () -> runDump(prefixed, source, store, Optional.empty()).dump(ORDERS, NOW, DumpProgress.SILENT))
                .hasMessageContaining("belongs to secret a/orders")
                .isInstanceOfSatisfying(
                        AutoDumpException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.DUMP_EXISTS));
    }

    @Test
    void namesADumpByTheSecond() {
        AutoDump runDump = runDump(secrets(Map.of()), source, store, Optional.empty());

        assertThat(runDump.dump(ORDERS, NOW.plusMillis(999), DumpProgress.SILENT)
                        .manifest()
                        .scheduledAt())
                .isEqualTo(NOW.truncatedTo(ChronoUnit.SECONDS));
    }

    @Test
    void refusesASecretThatIsNotThere() {
        assertThatThrownBy(() -> runDump(new InMemorySecrets(), source, store, Optional.empty())
                        .dump(ORDERS, NOW, DumpProgress.SILENT))
                .isInstanceOfSatisfying(
                        AutoDumpException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.SECRET_NOT_FOUND));
        assertThat(source.prepared()).isZero();
    }

    @Test
    void tellsOfAFaultOfItsOwnToo() {
        InMemorySecrets secrets = secrets(Map.of());
        AutoDump runDump = runDump(
                secrets,
                (database, settings) -> {
                    throw new IllegalStateException("a fault");
                },
                store,
                Optional.empty());

        assertThatThrownBy(() -> runDump.dump(ORDERS, NOW, DumpProgress.SILENT)).hasMessage("a fault");
        assertThat(events.events())
                .singleElement()
                .isInstanceOfSatisfying(
                        DumpEvent.Failed.class,
                        failed -> assertThat(failed.code()).isEqualTo(ErrorCode.INTERNAL));
    }

    @Test
    void refusesToSkipARestoreCheckThatATagAsksFor() {
        AutoDump withoutScratch = runDump(secrets(Map.of(TagNames.VERIFY, "restore")), source, store, Optional.empty());

        assertThatThrownBy(() -> withoutScratch.dump(ORDERS, NOW, DumpProgress.SILENT))
                .isInstanceOfSatisfying(
                        AutoDumpException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.SCRATCH_SERVER_MISSING));
        assertThat(source.prepared()).isZero();
    }

    @Test
    void publishesNothingThatCannotBeRestored() {
        RestoreCheck failing = new FakeRestoreCheck(false);
        AutoDump runDump = runDump(secrets(Map.of(TagNames.VERIFY, "restore")), source, store, Optional.of(failing));

        assertThatThrownBy(() -> runDump.dump(ORDERS, NOW, DumpProgress.SILENT))
                .isInstanceOfSatisfying(
                        AutoDumpException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.RESTORE_DIFFERS));
        assertThat(store.files()).isEmpty();
    }

    @Test
    void publishesWhatWasRestoredWell() {
        RestoreCheck passing = new FakeRestoreCheck(true);
        AutoDump runDump = runDump(secrets(Map.of(TagNames.VERIFY, "restore")), source, store, Optional.of(passing));

        assertThat(runDump.dump(ORDERS, NOW, DumpProgress.SILENT).alreadyThere())
                .isFalse();
        assertThat(store.list()).hasSize(1);
    }

    @Test
    void warnsOfWhatTheRestoreCheckLeavesOut() {
        RestoreCheck limited = new RestoreCheck() {
            @Override
            public void checkReady(DatabaseSecret database) {}

            @Override
            public List<String> limits(DatabaseSecret database, DumpSettings settings) {
                return List.of("the restore check leaves out event trigger seen");
            }

            @Override
            public void prove(DumpManifest manifest, InputStream stored) {}
        };
        AutoDump runDump = runDump(
                secrets(Map.of(TagNames.VERIFY, "restore", TagNames.COMPRESSION, "zip")),
                source,
                store,
                Optional.of(limited));

        assertThat(runDump.dump(ORDERS, NOW, DumpProgress.SILENT).manifest().warnings())
                .hasSize(2)
                .contains("the restore check leaves out event trigger seen");
    }

    @Test
    void removesTheFileThatCouldNotBeOpenedForTheRestoreCheck() {
        DumpStore faulty = new FaultyDumpStore(store, Call.OPEN, Fault.REFUSED);
        AutoDump runDump = runDump(
                secrets(Map.of(TagNames.VERIFY, "restore")), source, faulty, Optional.of(new FakeRestoreCheck(true)));

        assertThatThrownBy(() -> runDump.dump(ORDERS, NOW, DumpProgress.SILENT)).isInstanceOf(AutoDumpException.class);
        assertThat(store.list()).isEmpty();
        assertThat(store.files()).isEmpty();
    }

    @Test
    void keepsTheDumpThatAnotherAttemptFinishedWhileItsOwnRestoreCheckFailed() {
        RestoreCheck overtaken = new RestoreCheck() {
            @Override
            public void checkReady(DatabaseSecret database) {}

            @Override
            public void prove(DumpManifest manifest, InputStream stored) {
                store.publish(manifest);
                throw new AutoDumpException(ErrorCode.INTERRUPTED, "the check was stopped", "dump again");
            }
        };
        AutoDump runDump = runDump(secrets(Map.of(TagNames.VERIFY, "restore")), source, store, Optional.of(overtaken));

        assertThatThrownBy(() -> runDump.dump(ORDERS, NOW, DumpProgress.SILENT))
                .hasMessageEndingWith("the check was stopped");
        assertThat(store.list()).hasSize(1);
    }

    @Test
    void tellsOfAFailureByTheNameOfTheSecretAndNotByItsId() {
        SecretId arn = SecretId.of("arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders-AbCdEf");
        InMemorySecrets secrets = new InMemorySecrets()
                .put(TaggedSecret.builder().id(arn).name("orders").build(), Fixtures.VALUE);
        AutoDump runDump = runDump(secrets, FakeDumpSource.failingAfter(BYTES), store, Optional.empty());

        assertThatThrownBy(() -> runDump.dump(arn, NOW, DumpProgress.SILENT)).isInstanceOf(AutoDumpException.class);
        assertThat(events.events())
                .singleElement()
                .extracting(DumpEvent::secretName)
                .isEqualTo("orders");
    }

    private record FakeRestoreCheck(boolean passes) implements RestoreCheck {
        @Override
        public void checkReady(DatabaseSecret database) {}

        @Override
        public void prove(DumpManifest manifest, InputStream stored) {
            if (!passes) {
                throw new AutoDumpException(ErrorCode.RESTORE_DIFFERS, "a row is missing", "dump again");
            }
        }
    }

    private void assertFails(FakeDumpSource from, DumpStore into, ErrorCode code) {
        assertThatThrownBy(() -> run(from, into))
                .isInstanceOfSatisfying(
                        AutoDumpException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
        assertThat(events.events()).singleElement().isInstanceOfSatisfying(DumpEvent.Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo(code);
            assertThat(failed.scheduledAt()).isEqualTo(NOW);
        });
    }

    private DumpOutcome run(FakeDumpSource from, DumpStore into) {
        return runDump(secrets(Map.of()), from, into, Optional.empty()).dump(ORDERS, NOW, DumpProgress.SILENT);
    }

    private AutoDump runDump(
            InMemorySecrets secrets, DumpSource from, DumpStore into, Optional<RestoreCheck> restoreCheck) {
        AutoDumpBuilder autoDump = AutoDump.builder()
                .secretCatalog(secrets)
                .secretValues(secrets)
                .dumpSource(from)
                .dumpStore(into)
                .dumpEvents(events)
                .clock(CLOCK);
        restoreCheck.ifPresent(autoDump::restoreCheck);
        return autoDump.build();
    }
}
