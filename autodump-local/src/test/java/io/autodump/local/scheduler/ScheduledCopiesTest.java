package io.autodump.local.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.contract.TagNames;
import io.autodump.core.copy.CopyTarget;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.port.DumpStore;
import io.autodump.core.retention.RetentionPolicy;
import io.autodump.core.testing.FaultyDumpStore;
import io.autodump.core.testing.FaultyDumpStore.Call;
import io.autodump.core.testing.FaultyDumpStore.Fault;
import io.autodump.core.testing.InMemoryDumpStore;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScheduledCopiesTest {
    private static final String DAILY = "0 8 - - -";

    private final InMemoryDumpStore disk = new InMemoryDumpStore();
    private final World world;

    ScheduledCopiesTest(@TempDir Path folder) {
        world = new World(folder, "2026-11-22T07:30:00Z");
        copyTo(disk);
    }

    @Test
    void copiesEachDumpAfterItsRun() {
        world.secret("orders", DAILY);
        world.tick();
        world.tickAt("2026-11-22T08:00:00Z");

        assertThat(disk.list()).containsExactlyElementsOf(world.store.list().toList());
        assertThat(world.logged("copied")).singleElement().asString().startsWith("copied to disk: orders/shop/");
    }

    @Test
    void catchesUpAtTheStartAndOnceAnHourAndHarmsNoDump() {
        copyTo(new FaultyDumpStore(disk, Call.COMMIT, Fault.REFUSED));
        world.secret("orders", DAILY);
        world.tick();
        world.tickAt("2026-11-22T08:00:00Z");

        assertThat(world.store.list()).hasSize(1);
        assertThat(disk.list()).isEmpty();
        assertThat(world.logged("succeeded")).hasSize(1);
        assertThat(world.logged("copy-failed")).singleElement().asString().contains("to disk", "AD-4001");
        assertThat(world.eventKinds()).contains("CopyFailed 2026-11-22T08:00:00Z");

        copyTo(disk);
        world.tickAt("2026-11-22T08:00:01Z");
        assertThat(disk.list()).hasSize(1);

        disk.delete(disk.list().findFirst().orElseThrow());
        world.tickAt("2026-11-22T08:59:00Z");
        assertThat(disk.list()).isEmpty();
        world.tickAt("2026-11-22T09:01:00Z");
        assertThat(disk.list()).hasSize(1);
    }

    @Test
    void prunesTheCopiesByTheRetentionOfTheirStore() {
        world.restart(world.newDaemon()
                .copyTo(new CopyTarget("disk", disk, Optional.of(RetentionPolicy.parse("last=2"))))
                .build());
        world.secret("orders", DAILY, TagNames.RETENTION, "last=4");
        world.tick();
        for (int day = 22; day <= 28; day++) {
            world.tickAt("2026-11-" + day + "T08:00:00Z");
        }

        assertThat(world.store.list()).hasSize(4);
        assertThat(disk.list().sorted().map(DumpKey::scheduledAt))
                .extracting(Object::toString)
                .containsExactly("2026-11-27T08:00:00Z", "2026-11-28T08:00:00Z");
        assertThat(world.logged("copied")).hasSize(7);
    }

    @Test
    void makesTheCopiesBeforeASingleRunEnds() {
        world.secret("orders", DAILY);
        world.tick();
        world.clock.set("2026-11-22T08:00:00Z");
        LocalScheduler once = world.withOwnThreads()
                .copyTo(new CopyTarget("disk", disk, Optional.empty()))
                .build();

        assertThat(once.runOnce()).isZero();

        assertThat(disk.list()).hasSize(1);
    }

    private void copyTo(DumpStore store) {
        world.restart(world.newDaemon()
                .copyTo(new CopyTarget("disk", store, Optional.empty()))
                .build());
    }
}
