package io.autodump.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpEvent;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.SourceReport;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCategory;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.PreparedDump;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The part of {@link EngineContract} about dumps. */
public abstract class EngineDumpContract extends EngineUnderTest {
    private static final int SECONDS = 30;

    EngineDumpContract() {}

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
            for (PreparedDump dump : List.of(second, first)) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                dump.writeTo(bytes, DumpProgress.SILENT);
                assertThat(bytes.size())
                        .as("DumpSource: several dumps may be open at a time")
                        .isPositive();
            }
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

    /** Keeps the last number. */
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
