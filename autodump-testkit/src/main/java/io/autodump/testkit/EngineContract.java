package io.autodump.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.autodump.core.AutoDump;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpEvent;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.SourceReport;
import io.autodump.core.dump.VerifyMode;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCategory;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Finding;
import io.autodump.core.port.DatabaseEngine;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.PreparedDump;
import io.autodump.core.testing.InMemoryDumpStore;
import io.autodump.core.testing.RecordingDumpEvents;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link DatabaseEngine} keeps, with the ports that it returns. The tests run the engine's programs against a
 * real database. They change nothing but the databases that {@link #newDatabase} names.
 */
public abstract class EngineContract {
    private static final int SECONDS = 30;
    private static final DumpSettings PLAIN_BYTES =
            DumpSettings.builder().compression(Compression.NONE).build();
    private static final RestoreOptions CREATE = new RestoreOptions(true, 1, false, false);

    private final InMemoryDumpStore store = new InMemoryDumpStore();
    private final RecordingDumpEvents events = new RecordingDumpEvents();

    /** The engine under test. */
    protected abstract DatabaseEngine engine();

    /** The same engine, whose dumping program writes its whole output and then fails: it exits with status 1. */
    protected abstract DatabaseEngine failingAtItsEnd();

    /** The same engine, whose dumping program writes some output and then neither ends nor writes more. */
    protected abstract DatabaseEngine hanging();

    /** A connection to a database that isn't empty, of a user who may read all of it. */
    protected abstract DatabaseSecret filledDatabase();

    /** A connection to a database that exists and is empty. */
    protected abstract DatabaseSecret emptyDatabase();

    /** A connection to a database that doesn't exist, of a user who may create it; another name at every call. */
    protected abstract DatabaseSecret newDatabase();

    /** A connection to a server that dumps are proven on. */
    protected abstract DatabaseSecret scratchServer();

    /** A connection to a server that doesn't answer, because nothing is there. */
    protected abstract DatabaseSecret unreachable();

    /** The filled database, with a password that its server refuses; empty if the engine knows no passwords. */
    protected abstract Optional<DatabaseSecret> withWrongPassword();

    /** Everything in a database as text: equal for equal databases, and read without the engine under test. */
    protected abstract String contents(DatabaseSecret database);

    @Test
    void takesNamesOfLowerCaseLetters() {
        assertThat(engine().names())
                .as("DatabaseEngine.names: at least one, of lower-case letters, digits and hyphens")
                .isNotEmpty()
                .allMatch(name -> name.matches("[a-z0-9][a-z0-9-]*"));
        assertThat(engine().names())
                .as("DatabaseEngine.names: has the engine of the databases of this test")
                .contains(filledDatabase().engine());
        assertThat(engine().names())
                .as("DatabaseEngine.names: the same at every call")
                .isEqualTo(engine().names());
    }

    @ParameterizedTest
    @ValueSource(strings = {"zstd:3", "gzip:6", "none"})
    void givesBackWhatWasDumped(String compression) {
        AutoDump autoDump = autoDump(engine());
        DumpSettings settings = DumpSettings.builder()
                .compression(Compression.parse(compression).orElseThrow())
                .build();
        DumpManifest manifest = dump(autoDump, filledDatabase(), settings);

        assertThat(autoDump.verify(manifest.key()).archiveEntries())
                .as("ArchiveInspector.inspect: counts what SourceReport.archiveEntries has counted")
                .isEqualTo(manifest.archiveEntries());
        DatabaseSecret restored = newDatabase();
        autoDump.restore(manifest.key(), restored, CREATE, DumpProgress.SILENT);
        assertThat(contents(restored))
                .as("DumpRestorer.restore: the database that comes back is the database that was dumped")
                .isEqualTo(contents(filledDatabase()));
    }

    @Test
    void givesBackAnEmptyDatabase() {
        AutoDump autoDump = autoDump(engine());
        DumpManifest manifest = dump(autoDump, emptyDatabase(), DumpSettings.defaults());
        autoDump.verify(manifest.key());
        DatabaseSecret restored = newDatabase();
        autoDump.restore(manifest.key(), restored, CREATE, DumpProgress.SILENT);

        assertThat(contents(restored))
                .as("DumpRestorer.restore: an empty database comes back empty")
                .isEqualTo(contents(emptyDatabase()));
    }

    @Test
    void provesADumpOnAScratchServer() {
        String before = contents(scratchServer());
        DumpSettings settings =
                DumpSettings.builder().verify(VerifyMode.RESTORE).build();
        DumpManifest manifest = dump(autoDump(engine()), filledDatabase(), settings);

        assertThat(store.find(manifest.key()))
                .as("RestoreCheck.prove: returns for a dump that can be restored")
                .isPresent();
        assertThat(contents(scratchServer()))
                .as("RestoreCheck.prove: leaves the scratch server as it was")
                .isEqualTo(before);
    }

    @Test
    void refusesToProveHalfADump() {
        DumpManifest manifest = dump(autoDump(engine()), filledDatabase(), PLAIN_BYTES);

        assertThat(failure(() -> engine().restoreCheck(scratchServer()).prove(manifest, half(manifest)))
                        .code())
                .as("RestoreCheck.prove: half a dump can't be restored")
                .isIn(ErrorCode.RESTORE_FAILED, ErrorCode.RESTORE_DIFFERS, ErrorCode.DUMP_CORRUPT);
    }

    @Test
    void publishesNothingWhenItsProgramFailsAfterItsLastByte() {
        AutoDumpException failed =
                failure(() -> dump(autoDump(failingAtItsEnd()), filledDatabase(), DumpSettings.defaults()));

        assertThat(failed.code().category())
                .as("PreparedDump.writeTo: a program that fails after its last byte has failed")
                .isEqualTo(ErrorCategory.DATABASE);
        assertThat(store.files())
                .as("nothing lies in the store after a failure")
                .isEmpty();
        assertThat(events.events())
                .as("the failure is published as an event")
                .singleElement()
                .isInstanceOf(DumpEvent.Failed.class);
    }

    @Test
    void endsWithinSecondsWhenAnotherThreadClosesIt() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        PreparedDump dump = hanging().source().prepare(filledDatabase(), PLAIN_BYTES);
        try {
            Future<SourceReport> report =
                    threads.submit(() -> dump.writeTo(OutputStream.nullOutputStream(), signalling(writing)));
            assertThat(writing.await(SECONDS, TimeUnit.SECONDS))
                    .as("PreparedDump.writeTo: reports its bytes to DumpProgress while its program runs")
                    .isTrue();
            dump.close();

            assertThat(failureOf(report).code())
                    .as("PreparedDump.close: ends a dump that runs in another thread, which then fails")
                    .isEqualTo(ErrorCode.INTERRUPTED);
        } finally {
            dump.close();
            threads.shutdownNow();
        }
    }

    @Test
    void beginsNothingOnceItIsClosed() {
        PreparedDump dump = engine().source().prepare(filledDatabase(), PLAIN_BYTES);
        dump.close();
        dump.close();

        assertThat(failure(() -> dump.writeTo(OutputStream.nullOutputStream(), DumpProgress.SILENT))
                        .code())
                .as("PreparedDump.writeTo: a closed dump doesn't begin")
                .isEqualTo(ErrorCode.INTERRUPTED);
    }

    @Test
    void passesOnWhatTheSinkThrows() {
        IllegalStateException full = new IllegalStateException("the sink is full");
        try (PreparedDump dump = engine().source().prepare(filledDatabase(), PLAIN_BYTES)) {
            assertThatCode(() -> dump.writeTo(throwing(full), DumpProgress.SILENT))
                    .as("PreparedDump.writeTo: an exception of the stream comes through unchanged")
                    .isSameAs(full);
        }
    }

    @Test
    void leavesTheSinkOpenAndSaysHowMuchItWrote() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream() {
            @Override
            public void close() {
                throw new AssertionError("PreparedDump.writeTo: doesn't close the stream");
            }
        };
        RecordedBytes progress = new RecordedBytes();
        try (PreparedDump dump = engine().source().prepare(filledDatabase(), PLAIN_BYTES)) {
            SourceReport report = dump.writeTo(bytes, progress);

            assertThat(bytes.size())
                    .as("SourceReport.sourceBytes: all bytes, where nothing is compressed")
                    .isEqualTo((int) report.sourceBytes());
            assertThat(progress.last)
                    .as("DumpProgress.bytes: ends with the size of the output")
                    .isEqualTo(report.sourceBytes());
        }
    }

    @Test
    void preparesSeveralDumpsFromOneSource() {
        try (PreparedDump first = engine().source().prepare(filledDatabase(), PLAIN_BYTES);
                PreparedDump second = engine().source().prepare(filledDatabase(), PLAIN_BYTES)) {
            assertThatCode(() -> {
                        second.writeTo(OutputStream.nullOutputStream(), DumpProgress.SILENT);
                        first.writeTo(OutputStream.nullOutputStream(), DumpProgress.SILENT);
                    })
                    .as("DumpSource: several dumps may be open at a time")
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void refusesAWrongPasswordWithoutShowingIt() {
        Optional<DatabaseSecret> wrong = withWrongPassword();
        assumeThat(wrong).as("an engine with passwords").isPresent();
        AutoDumpException refused =
                failure(() -> engine().source().prepare(wrong.orElseThrow(), DumpSettings.defaults()));

        assertThat(refused.code())
                .as("DumpSource.prepare: a wrong password")
                .isEqualTo(ErrorCode.AUTHENTICATION_REFUSED);
        assertThat(refused.report())
                .as("AutoDumpException.report: no password")
                .doesNotContain(wrong.orElseThrow().password().reveal());
    }

    @Test
    void saysWhatIsNotThere() {
        assertThat(failure(() -> engine().source().prepare(unreachable(), DumpSettings.defaults()))
                        .code())
                .as("DumpSource.prepare: a server that doesn't answer")
                .isEqualTo(ErrorCode.CONNECTION_FAILED);
        assertThat(failure(() -> engine().source().prepare(newDatabase(), DumpSettings.defaults()))
                        .code())
                .as("DumpSource.prepare: a database that isn't there")
                .isEqualTo(ErrorCode.DATABASE_NOT_FOUND);
    }

    @Test
    void findsHalfADumpCorrupt() {
        DumpManifest manifest = dump(autoDump(engine()), filledDatabase(), PLAIN_BYTES);

        assertThat(failure(() -> engine().inspector().inspect(manifest, half(manifest)))
                        .code())
                .as("ArchiveInspector.inspect: half a dump isn't whole")
                .isEqualTo(ErrorCode.DUMP_CORRUPT);
    }

    @Test
    void leavesTheInspectedStreamOpen() {
        DumpManifest manifest = dump(autoDump(engine()), filledDatabase(), PLAIN_BYTES);
        InputStream stored = new ByteArrayInputStream(stored(manifest)) {
            @Override
            public void close() {
                throw new AssertionError("ArchiveInspector.inspect: doesn't close the stream");
            }
        };

        assertThat(engine().inspector().inspect(manifest, stored))
                .as("ArchiveInspector.inspect: the number of entries")
                .isEqualTo(manifest.archiveEntries());
    }

    @Test
    void refusesATargetThatIsNotEmptyAndLeavesIt() {
        AutoDump autoDump = autoDump(engine());
        DumpManifest manifest = dump(autoDump, filledDatabase(), DumpSettings.defaults());
        String before = contents(filledDatabase());

        assertThat(failure(() -> autoDump.restore(
                                manifest.key(), filledDatabase(), RestoreOptions.DEFAULTS, DumpProgress.SILENT))
                        .code())
                .as("DumpRestorer.check: a target with contents")
                .isEqualTo(ErrorCode.TARGET_NOT_EMPTY);
        assertThat(contents(filledDatabase()))
                .as("DumpRestorer.check: changes nothing")
                .isEqualTo(before);
    }

    @Test
    void createsATargetOnlyIfToldTo() {
        AutoDump autoDump = autoDump(engine());
        DumpManifest manifest = dump(autoDump, filledDatabase(), DumpSettings.defaults());
        DatabaseSecret missing = newDatabase();

        assertThat(failure(() ->
                                autoDump.restore(manifest.key(), missing, RestoreOptions.DEFAULTS, DumpProgress.SILENT))
                        .code())
                .as("DumpRestorer.check: a target that isn't there, without RestoreOptions.create")
                .isEqualTo(ErrorCode.TARGET_MISSING);
        assertThat(failure(() -> engine().source().prepare(missing, DumpSettings.defaults()))
                        .code())
                .as("DumpRestorer.check: creates nothing")
                .isEqualTo(ErrorCode.DATABASE_NOT_FOUND);
    }

    @Test
    void reportsWhatItChecksAsFindings() {
        assertThat(engine().checks().clients())
                .as("DatabaseChecks.clients: finds the programs that this test uses")
                .isNotEmpty()
                .noneMatch(EngineContract::isFailed);
        assertThat(engine().checks().database("orders", filledDatabase(), DumpSettings.defaults()))
                .as("DatabaseChecks.database: a database that can be dumped, with the secret as the subject")
                .isNotEmpty()
                .noneMatch(EngineContract::isFailed)
                .allMatch(finding -> finding.subject().equals("orders"));
        assertThat(engine().checks().database("orders", unreachable(), DumpSettings.defaults()))
                .as("DatabaseChecks.database: a failure is a finding, with the code that a dump would end with")
                .anyMatch(finding -> finding.code().equals(Optional.of(ErrorCode.CONNECTION_FAILED)));
        assertThat(engine().checks().scratch("scratch", scratchServer()))
                .as("DatabaseChecks.scratch: a server that dumps can be proven on")
                .matches(finding -> !isFailed(finding));
    }

    private static boolean isFailed(Finding finding) {
        return finding.status() == Finding.Status.FAILED;
    }

    private AutoDump autoDump(DatabaseEngine under) {
        return AutoDump.builder()
                .engine(under)
                .dumpStore(store)
                .scratchServer(scratchServer())
                .dumpEvents(events)
                .build();
    }

    private static DumpManifest dump(AutoDump autoDump, DatabaseSecret database, DumpSettings settings) {
        return autoDump.dump("orders", database, settings).manifest();
    }

    private byte[] stored(DumpManifest manifest) {
        return store.bytes(manifest.key());
    }

    private InputStream half(DumpManifest manifest) {
        byte[] whole = stored(manifest);
        return new ByteArrayInputStream(Arrays.copyOf(whole, whole.length / 2));
    }

    private static AutoDumpException failure(ThrowingCallable call) {
        return Failures.expected(call);
    }

    private static AutoDumpException failureOf(Future<?> future) {
        return failure(() -> {
            try {
                future.get(SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException failed) {
                throw failed.getCause();
            }
        });
    }

    private static OutputStream throwing(RuntimeException failure) {
        return new OutputStream() {
            @Override
            public void write(int value) {
                throw failure;
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                throw failure;
            }
        };
    }

    private static DumpProgress signalling(CountDownLatch latch) {
        return new RecordedBytes() {
            @Override
            public void bytes(long total) {
                latch.countDown();
            }
        };
    }

    /** Remembers the last number. */
    private static class RecordedBytes implements DumpProgress {
        private volatile long last;

        @Override
        public void bytes(long total) {
            last = total;
        }

        @Override
        public void table(String name) {}
    }
}
