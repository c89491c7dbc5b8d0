package io.autodump.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.aws.AwsClients;
import io.autodump.aws.s3.S3DumpStore;
import io.autodump.chaos.CutProxy.Cut;
import io.autodump.core.AutoDump;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpStore;
import io.autodump.local.store.DirectoryDumpStore;
import io.autodump.testkit.aws.S3Server;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The way to the store fails, and two dumpers make one run at once. */
@Timeout(3600)
class StoreFaultIT {
    /** About what a dump sends and receives. */
    static final int TRAFFIC = 90 * ChaosDatabase.ROWS;

    private static final int LINES = 4;

    private final Path folder;
    private final ChaosWorld world;

    /** Found once: the next hour may begin during a test. */
    private final Instant lastRun = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(1, ChronoUnit.HOURS);

    StoreFaultIT(@TempDir Path folder) {
        this.folder = folder;
        world = new ChaosWorld(folder, ChaosDatabase.server());
    }

    static List<Cut> cuts() {
        return Stream.of(Cut.values()).filter(ChaosForm::isAskedFor).toList();
    }

    /** Each attempt waits for minutes until the client of S3 gives up, so several are made at a time. */
    @ParameterizedTest
    @MethodSource("cuts")
    void cutsTheConnectionToS3AtRandomOffsets(Cut cut) {
        Queue<Integer> offsets = new ConcurrentLinkedQueue<>(ChaosForm.random("s3" + cut)
                .ints(ChaosForm.times(0, cut == Cut.SILENCE ? 4 : 40), 0, TRAFFIC)
                .boxed()
                .toList());
        List<CompletableFuture<Void>> lines = Stream.generate(() -> new CutLine(folder, cut))
                .limit(Math.min(LINES, offsets.size()))
                .map(line -> CompletableFuture.runAsync(() -> line.cutAt(offsets), work -> new Thread(work).start()))
                .toList();
        lines.forEach(CompletableFuture::join);
    }

    @Test
    void lendsOneRunToTwoDumpersAtOnceInAFolder() {
        for (int i = 0; i < ChaosForm.times(1, 2, 40); i++) {
            makeTwice(new DirectoryDumpStore(world.store()), new DirectoryDumpStore(world.store()), i);
        }
        world.assertRecovers();
    }

    @Test
    void lendsOneRunToTwoDumpersAtOnceInABucket() {
        String bucket = S3Server.newBucket();
        try (AwsClients clients = KilledIT.clients()) {
            for (int i = 0; i < ChaosForm.times(1, 40); i++) {
                makeTwice(
                        S3DumpStore.builder(clients.s3(), bucket).build(),
                        S3DumpStore.builder(clients.s3(), bucket).build(),
                        i);
            }
        }
    }

    /** One dump at the end; the loser says why, and nothing of it is published. */
    private void makeTwice(DumpStore first, DumpStore second, int hours) {
        Instant when = lastRun.minus(hours, ChronoUnit.HOURS);
        int before = ChaosWorld.autoDump(first).list().dumps().size();
        List<CompletableFuture<Void>> attempts = Stream.of(first, second)
                .map(store -> CompletableFuture.runAsync(() -> ChaosWorld.autoDump(store)
                        .dump(
                                "orders",
                                world.server().secret(ChaosDatabase.SHOP),
                                DumpSettings.defaults(),
                                when,
                                DumpProgress.SILENT)))
                .toList();
        attempts.forEach(StoreFaultIT::awaitAny);
        AutoDump store = ChaosWorld.autoDump(first);
        assertThat(store.list().unreadable()).isEmpty();
        assertThat(store.list().dumps()).hasSize(before + 1).allSatisfy(dump -> store.verify(dump.key()));
    }

    private static void awaitAny(CompletableFuture<Void> attempt) {
        try {
            attempt.join();
        } catch (CompletionException failed) {
            assertThat(failed.getCause())
                    .isInstanceOfSatisfying(
                            AutoDumpException.class,
                            lost -> assertThat(lost.code())
                                    .isIn(ErrorCode.DUMP_EXISTS, ErrorCode.STORE_FAILED, ErrorCode.OUTCOME_UNKNOWN));
        }
    }
}
