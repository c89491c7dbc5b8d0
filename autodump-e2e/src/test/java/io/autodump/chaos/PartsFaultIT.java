package io.autodump.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.autodump.chaos.CutProxy.Cut;
import io.autodump.core.AutoDump;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.local.store.DirectoryDumpStore;
import io.autodump.testkit.postgres.TestPostgres;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One session, {@code pg_dump} or the store fails while a database is dumped in parts, with four sessions. */
@Timeout(600)
class PartsFaultIT {
    private static final int EIO = 5;
    private static final int ROWS = 48_000;

    private final Path folder;
    private final ChaosWorld world;
    private final TestPostgres server = ChaosDatabase.server();

    PartsFaultIT(@TempDir Path folder) {
        this.folder = folder;
        this.world = new ChaosWorld(folder, server);
    }

    @BeforeEach
    void tag() {
        world.secret(PartsDatabase.on(server), PartsDatabase.TAGS);
    }

    @Test
    void killsPgDumpWhileOtherSessionsRead() {
        world.client("pg_dump \"$@\" | head -c 300000; kill -KILL $$");

        ChaosProcess.Ended ended = world.autodump("dump", "orders").await();

        world.assertFailed(ended, "AD-3022");
        assertThat(ended.err()).contains("nothing was published", "HINT: ");
        assertNothingPublishedAndRecovers();
    }

    @Test
    void endsOneSessionThatReads() {
        assumeTrue(ChaosForm.isFull(), "part of the long form");
        ChaosProcess dump = world.autodump("dump", "orders");
        ChaosWorld.await("a session reads, and is ended", () -> PartsDatabase.endOne(server));

        assertWhole(dump.await());
    }

    @ParameterizedTest
    @EnumSource(
            value = Cut.class,
            names = {"RST", "FIN"})
    void cutsOneConnectionThatReads(Cut cut) {
        assumeTrue(ChaosForm.isFull() || cut == Cut.RST, "part of the long form");
        try (CutProxy proxy = new CutProxy(server.port())) {
            world.secret(at(proxy.port()), PartsDatabase.TAGS);
            proxy.cutOneAfter(4_000_000, cut);

            ChaosProcess.Ended ended = world.autodump("dump", "orders").await();

            assertThat(proxy.hasCutOne()).isTrue();
            assertWhole(ended);
        }
    }

    /** It is tried again, and the dump is whole. */
    @Test
    void losesTheThirdPartOnce() {
        assumeTrue(ChaosForm.isFull(), "part of the long form");
        assertWhole(world.plan()
                .variables(
                        Shim.create().on("data/0003", "rename").failOnce(1, EIO).variables())
                .start("dump", "orders")
                .await());
    }

    @Test
    void neverStoresTheThirdPart() {
        assumeTrue(ChaosForm.isFull(), "part of the long form");
        ChaosProcess.Ended ended = world.plan()
                .variables(
                        Shim.create().on("data/0003", "rename").failFrom(1, EIO).variables())
                .start("dump", "orders")
                .await();

        world.assertFailed(ended, "AD-4001");
        assertThat(ended.err()).contains("part data/0003.copy.zst", "nothing was published", "HINT: ");
        assertNothingPublishedAndRecovers();
    }

    private void assertNothingPublishedAndRecovers() {
        world.assertNothingPublished();
        world.nextRun(PartsDatabase.on(server), PartsDatabase.SETTINGS);
        world.assertEveryDumpIsWhole();
        world.assertNothingLeft();
    }

    private void assertWhole(ChaosProcess.Ended ended) {
        assertThat(ended.exitStatus()).as(ended.err()).isZero();
        world.assertEveryDumpIsWhole();
        assertThat(world.listing().dumps()).singleElement().satisfies(PartsFaultIT::assertAllRows);
        world.assertNothingLeft();
    }

    private static void assertAllRows(DumpManifest dump) {
        assertThat(dump.parts().data()).hasSizeGreaterThan(4);
        assertThat(dump.parts().data().stream().mapToLong(DumpPart::rows).sum()).isEqualTo(ROWS);
    }

    private DatabaseSecret at(int port) {
        return DatabaseSecret.builder()
                .from(PartsDatabase.on(server))
                .port(port)
                .build();
    }

    @Test
    void dumpsAStandbyInParts() {
        assumeTrue(ChaosForm.isFull(), "part of the long form");
        try (TestPostgres primary = Standby.primary()) {
            PartsDatabase.on(primary);
            try (Standby standby = Standby.of(primary, folder.resolve("standby"))) {
                world.secret(of(standby, primary), PartsDatabase.TAGS);

                ChaosProcess.Ended ended = world.autodump("dump", "orders").await();

                assertWhole(ended);
                assertThat(world.listing().dumps()).allMatch(DumpManifest::replica);
                meetsAConflict(primary, standby);
            }
        }
    }

    /** The sessions on the snapshot are ended by the standby, and a new one doesn't find the snapshot any more. */
    private void meetsAConflict(TestPostgres primary, Standby standby) {
        AtomicBoolean once = new AtomicBoolean();
        DumpProgress vacuuming = new DumpProgress() {
            @Override
            public void bytes(long total) {
                if (total > 8_000_000 && once.compareAndSet(false, true)) {
                    endBySnapshotConflict(primary, standby);
                }
            }

            @Override
            public void table(String name) {}
        };
        AutoDump autoDump = ChaosWorld.autoDump(new DirectoryDumpStore(world.store()));

        AutoDumpException failure = catchThrowableOfType(
                AutoDumpException.class,
                () -> autoDump.dump(
                        "conflict", of(standby, primary), PartsDatabase.SETTINGS, Instant.now(), vacuuming));

        assertThat(failure.code()).as(failure.report()).isEqualTo(ErrorCode.STANDBY_CONFLICT);
        assertThat(failure.report()).contains("conflict with recovery", "nothing was published", "max_standby");
        assertThat(world.listing().dumps()).hasSize(1);
    }

    private static void endBySnapshotConflict(TestPostgres primary, Standby standby) {
        primary.execute(PartsDatabase.NAME, "DELETE FROM entry WHERE id % 2 = 0");
        vacuum(primary);
        ChaosWorld.await("the standby has ended sessions", () -> conflicts(standby) > 0);
    }

    private static void vacuum(TestPostgres server) {
        try (var connection = server.connection(PartsDatabase.NAME);
                var statement = connection.createStatement()) {
            statement.execute("VACUUM (FREEZE) entry");
        } catch (java.sql.SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static long conflicts(Standby standby) {
        String sum = standby.answer("SELECT sum(confl_snapshot + confl_lock) FROM pg_stat_database_conflicts");
        return sum.isEmpty() ? 0 : Long.parseLong(sum);
    }

    private static DatabaseSecret of(Standby standby, TestPostgres primary) {
        return DatabaseSecret.builder()
                .from(primary.secret(PartsDatabase.NAME))
                .port(standby.port())
                .build();
    }
}
