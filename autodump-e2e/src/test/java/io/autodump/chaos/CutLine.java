package io.autodump.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.aws.AwsClients;
import io.autodump.aws.s3.S3DumpStore;
import io.autodump.chaos.CutProxy.Cut;
import io.autodump.core.AutoDump;
import io.autodump.testkit.aws.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;

/** A machine of its own that dumps to a bucket of its own, over a line that is cut. */
final class CutLine {
    /** What passes slowly are the last bytes, or a dump would take an hour. */
    private static final int SLOW_BYTES = 300_000;

    private final ChaosWorld world;
    private final Cut cut;
    private final String bucket = S3Server.newBucket();

    CutLine(Path folder, Cut cut) {
        try {
            this.world = new ChaosWorld(Files.createTempDirectory(folder, "line"), ChaosDatabase.server());
            Files.writeString(
                    world.folder().resolve("autodump.yaml"),
                    "secrets: ./secrets\nstore: s3://" + bucket + "\naws:\n  region: us-east-1\n  path-style: true\n");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        this.cut = cut;
    }

    /** Takes offset after offset until none is left. The line heals after each cut, and the next dump succeeds. */
    void cutAt(Queue<Integer> offsets) {
        try (CutProxy proxy = new CutProxy(S3Server.port());
                AwsClients clients = KilledIT.clients()) {
            AutoDump direct = ChaosWorld.autoDump(
                    S3DumpStore.builder(clients.s3(), bucket).build());
            for (Integer offset = offsets.poll(); offset != null; offset = offsets.poll()) {
                proxy.heal();
                proxy.cutAfter(cut == Cut.SLOW ? StoreFaultIT.TRAFFIC - offset % SLOW_BYTES : offset, cut);
                ChaosProcess.Ended ended = dump(proxy.port()).await(Duration.ofMinutes(20));
                if (ended.exitStatus() != 0) {
                    world.assertFailed(ended, "AD-4001", "AD-4003", "AD-4004");
                }
                proxy.heal();
                assertWhole(dump(S3Server.port()).await(), direct);
            }
        }
    }

    private static void assertWhole(ChaosProcess.Ended next, AutoDump direct) {
        assertThat(next.exitStatus()).as(next.err()).isZero();
        assertThat(direct.list().unreadable()).isEmpty();
        assertThat(direct.list().dumps()).isNotEmpty().allSatisfy(dumped -> {
            direct.verify(dumped.key());
            direct.delete(dumped.key());
        });
    }

    private ChaosProcess dump(int port) {
        return world.plan()
                .variables(Map.of(
                        "AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY_ID,
                        "AWS_SECRET_ACCESS_KEY", S3Server.SECRET_ACCESS_KEY,
                        "AWS_ENDPOINT_URL_S3", "http://127.0.0.1:" + port))
                .start("dump", "orders");
    }
}
