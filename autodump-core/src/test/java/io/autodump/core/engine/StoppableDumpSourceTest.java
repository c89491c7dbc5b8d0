package io.autodump.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpSource;
import io.autodump.core.port.PreparedDump;
import io.autodump.core.testing.FakeDumpSource;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoppableDumpSourceTest {
    private static final String REASON = "stopped by a test; nothing was published";
    private static final DatabaseSecret DATABASE = DatabaseSecret.builder()
            .host("localhost")
            .database("shop")
            .username("backup")
            .password(Password.of("x"))
            .build();

    private final FakeDumpSource fake = FakeDumpSource.failingAfter("half".getBytes(StandardCharsets.UTF_8));
    private final StoppableDumpSource source = stoppable(fake);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void failsAsItsSourceDoesWhileItIsNotStopped() {
        try (PreparedDump dump = source.prepare(DATABASE, DumpSettings.defaults())) {
            assertCode(() -> write(dump), ErrorCode.DUMP_PROCESS_FAILED);
        }
        assertThat(fake.leftOpen()).isZero();
    }

    @Test
    void closesARunningDumpOnceAndNamesTheReason() {
        PreparedDump dump = source.prepare(DATABASE, DumpSettings.defaults());
        source.stop();

        assertThat(fake.leftOpen()).isZero();
        assertThatThrownBy(() -> write(dump)).hasMessage(REASON).hasCauseInstanceOf(AutoDumpException.class);
        assertCode(() -> write(dump), ErrorCode.INTERRUPTED);
        dump.close();
        assertThat(fake.leftOpen()).isZero();
    }

    @Test
    void beginsNothingOnceItIsStopped() {
        source.stop();

        assertCode(() -> source.prepare(DATABASE, DumpSettings.defaults()), ErrorCode.INTERRUPTED);
        assertThat(fake.prepared()).isZero();
    }

    @Test
    void closesADumpThatWasPreparedWhileItWasStopped() {
        StoppableDumpSource[] stoppedMeanwhile = new StoppableDumpSource[1];
        stoppedMeanwhile[0] = stoppable((database, settings) -> {
            stoppedMeanwhile[0].stop();
            return fake.prepare(database, settings);
        });

        assertCode(() -> stoppedMeanwhile[0].prepare(DATABASE, DumpSettings.defaults()), ErrorCode.INTERRUPTED);
        assertThat(fake.prepared()).isOne();
        assertThat(fake.leftOpen()).isZero();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void interruptsAThreadThatIsConnecting() throws Exception {
        CountDownLatch connecting = new CountDownLatch(1);
        StoppableDumpSource hanging = stoppable((database, settings) -> {
            connecting.countDown();
            try {
                new CountDownLatch(1).await();
                throw new AssertionError("nothing counts it down");
            } catch (InterruptedException asked) {
                Thread.currentThread().interrupt();
                throw new AutoDumpException(ErrorCode.CONNECTION_FAILED, "interrupted", "connect again");
            }
        });
        CompletableFuture<Boolean> leftInterrupted = CompletableFuture.supplyAsync(
                () -> {
                    assertCode(() -> hanging.prepare(DATABASE, DumpSettings.defaults()), ErrorCode.INTERRUPTED);
                    return Thread.currentThread().isInterrupted();
                },
                threads);
        assertThat(connecting.await(10, TimeUnit.SECONDS)).isTrue();
        hanging.stop();

        assertThat(leftInterrupted.get(10, TimeUnit.SECONDS)).isFalse();
    }

    private static StoppableDumpSource stoppable(DumpSource source) {
        return new StoppableDumpSource(source, REASON, "start it again");
    }

    private static void write(PreparedDump dump) {
        dump.writeTo(OutputStream.nullOutputStream(), DumpProgress.SILENT);
    }

    private static void assertCode(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AutoDumpException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }
}
