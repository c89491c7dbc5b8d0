package io.autodump.local.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.contract.TagNames;
import io.autodump.core.drill.DrillAssertions;
import io.autodump.core.drill.DrillOptions;
import io.autodump.core.record.RecordKey;
import io.autodump.core.testing.FakeDatabaseEngine;
import io.autodump.core.testing.FakeDumpSource;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScheduledDrillsTest {
    private static final String DAILY = "0 8 - - -";
    private static final String NOON = "0 12 - - -";

    private final World world;
    private DrillOptions options = DrillOptions.DEFAULTS;

    ScheduledDrillsTest(@TempDir Path folder) {
        world = new World(folder, "2026-11-22T07:10:00Z");
        restart();
    }

    private void restart() {
        world.restart(world.newDaemon()
                .engine(new FakeDatabaseEngine(FakeDumpSource.printing(World.DUMP), "postgres"))
                .drills(secret -> options)
                .build());
    }

    @Test
    void drillsTheNewestDumpOnceWhenItIsDue() {
        world.secret("orders", DAILY, TagNames.DRILL, NOON);
        world.tick();
        world.tickAt("2026-11-22T08:00:00Z");
        world.tickAt("2026-11-22T11:59:59Z");
        assertThat(records()).isEmpty();

        world.tickAt("2026-11-22T12:00:00Z");
        restart();
        world.tickAt("2026-11-22T12:00:01Z");

        assertThat(records()).containsExactly("orders/shop/2026/11/22/shop-2026-11-22T08-00-00Z.dump.zst.proven.json");
        assertThat(world.logged("proven")).singleElement().asString().contains("shop-2026-11-22T08-00-00Z.dump.zst");
        assertThat(world.logged("drill-failed")).isEmpty();
    }

    @Test
    void makesOneDrillThatWasDueWhileItDidNotRun() {
        world.secret("orders", DAILY, TagNames.DRILL, NOON);
        world.tick();
        world.tickAt("2026-11-22T08:00:00Z");

        restart();
        world.tickAt("2026-11-25T07:00:00Z");

        assertThat(world.logged("proven")).hasSize(1);
    }

    @Test
    void reportsAFailedDrillAndGoesOn() {
        options = DrillOptions.builder()
                .assertions(new DrillAssertions("orders.sql", "false"))
                .build();
        world.secret("orders", DAILY, TagNames.DRILL, NOON);
        world.tick();
        world.tickAt("2026-11-22T08:00:00Z");

        world.tickAt("2026-11-22T12:00:00Z");

        assertThat(world.logged("drill-failed")).singleElement().asString().contains("AD-3033");
        assertThat(world.eventKinds()).contains("DrillFailed 2026-11-22T08:00:00Z");
        assertThat(records())
                .containsExactly("orders/shop/2026/11/22/shop-2026-11-22T08-00-00Z.dump.zst.unproven.json");
    }

    @Test
    void drillsNothingThatIsPausedAndSaysThatThereIsNoDump() {
        world.secret("orders", DAILY, TagNames.DRILL, NOON, TagNames.ENABLED, "false");
        world.secret("stock", "0 8 1 1 -", TagNames.DRILL, NOON);
        world.tick();

        world.tickAt("2026-11-22T12:00:00Z");

        assertThat(world.logged("drill")).containsExactly("no restore drill at 2026-11-22T12:00:00Z: there is no dump");
    }

    @Test
    void warnsWhereTheTagHasNoEffect() {
        world.restart();
        world.secret("orders", DAILY, TagNames.DRILL, NOON);

        world.tick();
        world.tickAt("2026-11-22T12:00:00Z");

        assertThat(world.logged("warning"))
                .contains("autodump:drill has no effect: this scheduler makes no restore drills");
    }

    private List<String> records() {
        try (var records = world.store.records().list("")) {
            return records.map(RecordKey::value).sorted().toList();
        }
    }
}
