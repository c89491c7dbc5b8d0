package io.autodump.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.aws.AwsClients;
import io.autodump.aws.s3.S3DumpStore;
import io.autodump.core.AutoDump;
import io.autodump.testkit.aws.FakeAws;
import io.autodump.testkit.aws.S3Server;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** kill -9 of the command and of the container, at random moments and at every change to a file. */
@Timeout(3600)
class KilledIT {
    private static int changes;

    private final ChaosWorld world;

    KilledIT(@TempDir Path folder) {
        world = new ChaosWorld(folder, ChaosDatabase.server());
    }

    @Test
    void killsADumpAtRandomMoments() {
        Random random = ChaosForm.random("dump");
        int life = world.autodump("dump", "orders").life();
        for (int i = 0; i < ChaosForm.times(2, 4, 300); i++) {
            world.autodump("dump", "orders").killAfter(random.nextInt(life));
            world.assertRecovers();
        }
    }

    @Test
    void killsADumpAtEveryChangeToItsFiles() {
        int calls = changes(world);
        for (int call : chosen(calls, "kill")) {
            Map<String, String> killing =
                    Shim.create().on("/dumps/", Shim.CHANGES).killAt(call).variables();
            ChaosProcess.Ended ended =
                    world.plan().variables(killing).start("dump", "orders").await();
            assertThat(ended.exitStatus())
                    .as("call %d of %d: %s", call, calls, ended)
                    .isIn(0, 137);
            world.assertRecovers();
        }
    }

    /** How often a dump changes a file of the store; counted once for all tests. */
    static synchronized int changes(ChaosWorld world) {
        if (changes == 0) {
            Path log = world.folder().resolve("calls");
            Map<String, String> counting =
                    Shim.create().on("/dumps/", Shim.CHANGES).log(log).variables();
            assertThat(world.plan()
                            .variables(counting)
                            .start("dump", "orders")
                            .await()
                            .exitStatus())
                    .isZero();
            changes = Shim.lines(log).size();
            assertThat(changes).isGreaterThan(8);
        }
        return changes;
    }

    /** In the long form all, in the short ones two, of which one is among the last: the commit and the manifest. */
    static List<Integer> chosen(int calls, String test) {
        Random random = ChaosForm.random(test);
        return ChaosForm.isFull()
                ? IntStream.rangeClosed(1, calls).boxed().toList()
                : List.of(1 + random.nextInt(calls), calls - random.nextInt(Math.min(6, calls)));
    }

    /** The child outlives its parent in a session that holds its place in a queue of locks. */
    @Test
    void endsThePgDumpOfAKilledCommandThatWaitsForALock() throws SQLException {
        try (Connection other = world.server().connection(ChaosDatabase.SHOP)) {
            lock(other);
            ChaosProcess dump = world.autodump("dump", "orders");
            ProcessHandle child = dump.awaitChild("pg_dump");
            ChaosWorld.await("it waits", () -> waiting() > 0);
            dump.killAfter(0);
            assertThat(child.isAlive()).isTrue();
            ChaosProcess next = world.autodump("dump", "orders");
            ChaosWorld.await("the next run ends it", () -> !child.isAlive());
            other.rollback();
            assertThat(next.await().exitStatus()).isZero();
        }
        world.assertRecovers();
    }

    private static void lock(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE");
        }
    }

    private long waiting() {
        return ChaosDatabase.waitingForLocks(world.server());
    }

    @Test
    void killsAParallelRestoreAtRandomMoments() {
        world.nextRun(world.server().secret(ChaosDatabase.SHOP));
        Random random = ChaosForm.random("restore");
        int life = restore("whole").life();
        for (int i = 0; i < ChaosForm.times(1, 40); i++) {
            String target = "restored" + i;
            restore(target).killAfter(random.nextInt(life));
            world.assertRecovers();
            world.server().dropDatabase(target);
        }
    }

    private ChaosProcess restore(String target) {
        world.server().createDatabase(target);
        return world.autodump("restore", "latest:orders", "--to", "orders", "--database", target, "--jobs", "2");
    }

    @Test
    void killsTheContainerAtRandomMoments() {
        Random random = ChaosForm.random("container");
        try (FakeAws aws = FakeAws.start();
                AwsClients clients = clients()) {
            String bucket = S3Server.newBucket();
            AutoDump store = ChaosWorld.autoDump(
                    S3DumpStore.builder(clients.s3(), bucket).build());
            ContainerRun run =
                    new ContainerRun(world, aws, bucket, world.server().secret(ChaosDatabase.SHOP), Map.of());
            Instant scheduled = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(400, ChronoUnit.DAYS);
            int life = run.start(scheduled, Map.of()).life();
            for (int i = 1; i <= ChaosForm.times(1, 300); i++) {
                Instant when = scheduled.plus(i, ChronoUnit.HOURS);
                run.start(when, Map.of()).killAfter(random.nextInt(life));
                assertThat(store.list().unreadable()).isEmpty();
                if (i % 5 == 1) {
                    assertThat(run.start(when, Map.of()).await().exitStatus()).isZero();
                    store.list().latest().ifPresent(dump -> store.verify(dump.key()));
                }
            }
            assertThat(store.list().dumps()).isNotEmpty().allSatisfy(dump -> store.verify(dump.key()));
        }
    }

    static AwsClients clients() {
        return AwsClients.builder()
                .region(FakeAws.REGION)
                .credentials(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(S3Server.ACCESS_KEY_ID, S3Server.SECRET_ACCESS_KEY)))
                .s3Endpoint(S3Server.endpoint())
                .s3PathStyle(true)
                .build();
    }
}
