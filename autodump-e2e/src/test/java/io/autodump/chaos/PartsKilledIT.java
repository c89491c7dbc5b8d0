package io.autodump.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.autodump.aws.AwsClients;
import io.autodump.aws.s3.S3DumpStore;
import io.autodump.core.AutoDump;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpManifest;
import io.autodump.testkit.aws.FakeAws;
import io.autodump.testkit.aws.S3Server;
import io.autodump.testkit.postgres.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/** kill -9 of the command, the scheduler and the container while they dump a database in parts, with four sessions. */
@Timeout(7200)
class PartsKilledIT {
    /** Two days are what an upload of a dead process stays; see {@code S3Leftovers}. */
    private static final Duration LATER = Duration.ofDays(3);

    private final Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
    private final ChaosWorld world;
    private final TestPostgres server = ChaosDatabase.server();
    private final DatabaseSecret database;

    PartsKilledIT(@TempDir Path folder) {
        world = new ChaosWorld(folder, server);
        database = PartsDatabase.on(server);
        world.secret(database, PartsDatabase.TAGS);
    }

    @Test
    void killsAParallelDumpAtRandomMoments() {
        Random random = ChaosForm.random("parts");
        int life = world.autodump("dump", "orders").life();
        assertThat(world.listing().dumps())
                .singleElement()
                .satisfies(dump -> assertThat(dump.parts().data()).hasSizeGreaterThan(4));
        for (int i = 0; i < ChaosForm.times(1, 200); i++) {
            world.autodump("dump", "orders").killAfter(random.nextInt(life));
            assertRecovers();
        }
    }

    private void assertRecovers() {
        world.assertEveryDumpIsWhole();
        world.nextRun(database, PartsDatabase.SETTINGS);
        world.assertEveryDumpIsWhole();
        world.assertNothingLeft();
        ChaosWorld.await("no lock and no snapshot is left", () -> PartsDatabase.held(server) == 0);
        world.deleteDumps();
        assertThat(world.listing().dumps()).isEmpty();
    }

    /** The next scheduler makes the run that the killed one was making, and removes what it left. */
    @Test
    void killsTheSchedulerDuringAParallelDump() {
        assumeTrue(ChaosForm.isFull(), "part of the long form");
        Random random = ChaosForm.random("scheduler of parts");
        world.configure("state: ./state\n");
        world.secret(database, PartsDatabase.TAGS + ", \"autodump:start-schedule\": \"0 - - - -\"");
        for (int i = 0; i < ChaosForm.times(1, 20); i++) {
            ChaosProcess first = scheduler(i);
            ChaosWorld.await("it reads parts", () -> PartsDatabase.reading(server) > 0);
            first.killAfter(random.nextInt(700));
            world.assertEveryDumpIsWhole();

            // If the first had published its dump, that one stays the only one.
            ChaosProcess second = scheduler(i);
            ChaosWorld.await("there is a dump", () -> !world.listing().dumps().isEmpty());
            second.process().destroy();
            second.await();

            world.assertEveryDumpIsWhole();
            assertThat(world.listing().dumps()).hasSize(1);
            assertRecovers();
        }
    }

    /** Its clock shows two seconds before a full hour as it starts, so that a run is due soon. */
    private ChaosProcess scheduler(int hours) {
        Instant shown = hour.plus(hours + 1, ChronoUnit.HOURS).minusSeconds(2);
        return world.plan()
                .variables(Shim.create()
                        .moveClock(shown.getEpochSecond() - Instant.now().getEpochSecond())
                        .variables())
                .start("run");
    }

    @Test
    void killsTheContainerAtRandomMomentsOfAParallelDump() {
        assumeTrue(ChaosForm.isFull(), "part of the long form");
        Random random = ChaosForm.random("container of parts");
        String bucket = S3Server.newBucket();
        try (FakeAws aws = FakeAws.start();
                AwsClients clients = KilledIT.clients()) {
            AutoDump store = ChaosWorld.autoDump(
                    S3DumpStore.builder(clients.s3(), bucket).build());
            ContainerRun run = new ContainerRun(
                    world, aws, bucket, server.secret(PartsDatabase.NAME), Map.of("autodump:jobs", "4"));
            Instant scheduled = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(400, ChronoUnit.DAYS);
            int life = run.start(scheduled, Map.of()).life();
            for (int i = 1; i <= ChaosForm.times(1, 200); i++) {
                Instant when = scheduled.plus(i, ChronoUnit.HOURS);
                run.start(when, Map.of()).killAfter(random.nextInt(life));
                assertWhole(store);
                ChaosProcess.Ended retry = run.start(when, Map.of()).await();
                assertThat(retry.exitStatus()).as(retry.err()).isZero();
                assertWhole(store);
                assertThat(objects(clients, bucket)).as(ChaosForm.repeat()).isEqualTo(expected(store));
                ChaosWorld.await("no session is left", () -> ChaosDatabase.sessions(server) == 0);
                store.list().dumps().forEach(dump -> store.delete(dump.key()));
                assertThat(objects(clients, bucket)).isEmpty();
            }
            Map<String, String> later =
                    Shim.create().moveClock(LATER.toSeconds()).variables();
            run.start(scheduled.minus(1, ChronoUnit.DAYS), later).life();
            assertThat(uploads(clients, bucket)).isEmpty();
        }
    }

    private static void assertWhole(AutoDump store) {
        assertThat(store.list().unreadable()).as(ChaosForm.repeat()).isEmpty();
        assertThat(store.list().dumps()).allSatisfy(dump -> store.verify(dump.key()));
    }

    /** The manifests of all dumps, and their parts. */
    private static Set<String> expected(AutoDump store) {
        Set<String> keys = new HashSet<>();
        for (DumpManifest dump : store.list().dumps()) {
            keys.add(dump.key().manifestKey());
            dump.parts().all().forEach(part -> keys.add(dump.key().partKey(part.name())));
        }
        return keys;
    }

    private static Set<String> objects(AwsClients clients, String bucket) {
        Set<String> keys = new HashSet<>();
        clients.s3().listObjectsV2Paginator(list -> list.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .forEach(keys::add);
        return keys;
    }

    private static List<String> uploads(AwsClients clients, String bucket) {
        return clients.s3().listMultipartUploads(list -> list.bucket(bucket)).uploads().stream()
                .map(MultipartUpload::key)
                .toList();
    }
}
