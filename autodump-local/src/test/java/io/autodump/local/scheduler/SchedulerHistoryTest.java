package io.autodump.local.scheduler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.dump.DumpEvent;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.record.FailedRun;
import io.autodump.core.record.RunPlace;
import io.autodump.core.testing.FakeDumpSource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a scheduler leaves in the store besides dumps, and what it deletes. */
class SchedulerHistoryTest {
    private final World world;

    SchedulerHistoryTest(@TempDir Path folder) {
        world = new World(folder, "2026-11-22T07:00:00Z");
        world.restart(world.newDaemon().place(RunPlace.onHost("backup-1")).build());
    }

    @Test
    void leavesARecordThatCountsTheAttempts() {
        world.secret("orders", "0 8 * * *");
        world.tick();
        world.source = FakeDumpSource.failingAfter(World.DUMP);
        world.tickAt("2026-11-22T08:00:00Z");
        world.tickAt("2026-11-22T08:05:00Z");

        FailedRun failed = onlyRecord();
        assertThat(failed.code()).contains("AD-3021");
        assertThat(failed.attempts()).isEqualTo(2);
        assertThat(failed.firstFailedAt()).isEqualTo("2026-11-22T08:00:00Z");
        assertThat(failed.failedAt()).isEqualTo("2026-11-22T08:05:00Z");
        assertThat(failed.place().host()).contains("backup-1");

        world.source = FakeDumpSource.printing(World.DUMP);
        world.tickAt("2026-11-22T08:20:00Z");
        assertThat(world.dumps()).hasSize(1);
        assertThat(onlyRecord()).isEqualTo(failed);
    }

    @Test
    void leavesARecordOfAMissedRun() {
        world.secret("orders", "0 8 * * *");
        world.tick();
        world.tickAt("2026-11-22T14:00:00Z");

        assertThat(world.logged("missed")).hasSize(1);
        assertThat(onlyRecord().outcome()).isEqualTo(FailedRun.Outcome.MISSED);
        assertThat(onlyRecord().scheduledAt()).isEqualTo("2026-11-22T08:00:00Z");
        assertThat(onlyRecord().message()).isEqualTo("the catch-up window of PT6H is over");
        assertThat(world.dumps()).isEmpty();
    }

    @Test
    void prunesAfterAGoodDump() {
        world.secret("orders", "0 8 * * *", "autodump:retention", "last=2");
        world.tick();
        for (int day = 22; day <= 26; day++) {
            world.tickAt("2026-11-" + day + "T08:00:00Z");
        }

        assertThat(world.store.list().map(DumpKey::scheduledAt).map(Object::toString))
                .containsExactlyInAnyOrder("2026-11-25T08:00:00Z", "2026-11-26T08:00:00Z");
        assertThat(world.logged("pruned")).hasSize(3).allMatch(text -> text.endsWith("not in last=2"));
    }

    @Test
    void warnsOfASuspiciousDumpAndPrunesNothing() {
        world.secret("orders", "0 8 * * *", "autodump:retention", "last=1");
        world.tick();
        world.source = FakeDumpSource.printing("x".repeat(1_000_000).getBytes(UTF_8));
        world.tickAt("2026-11-22T08:00:00Z");
        world.source = FakeDumpSource.printing(World.DUMP);
        world.tickAt("2026-11-23T08:00:00Z");
        world.tickAt("2026-11-24T08:00:00Z");

        assertThat(world.dumps()).hasSize(3);
        assertThat(world.logged("suspicious"))
                .hasSize(2)
                .allMatch(text -> text.startsWith("29 bytes, the dump before had 976.6 KiB"))
                .allMatch(text -> text.contains("HINT: if that is right, acknowledge the dump orders/"));
    }

    /** Off for two nights, and back in time for the third run. */
    @Test
    void recordsEveryRunOfABreakThatIsMissed() {
        world.secret("orders", "0 8 * * *");
        world.tick();
        world.restart();
        world.tickAt("2026-11-24T09:00:00Z");

        assertThat(world.store.records().list("").map(key -> key.scheduledAt().toString()))
                .containsExactlyInAnyOrder("2026-11-22T08:00:00Z", "2026-11-23T08:00:00Z");
        assertThat(world.dumps()).hasSize(1);
        assertThat(world.events.events())
                .first()
                .isEqualTo(new DumpEvent.Missed("orders", Instant.parse("2026-11-22T08:00:00Z"), 1));
        assertThat(world.logged("missed"))
                .singleElement()
                .satisfies(text -> assertThat(text).contains("and so was 1 later one, until 2026-11-23T08:00:00Z"));
    }

    private FailedRun onlyRecord() {
        List<FailedRun> records = world.store
                .records()
                .list("")
                .map(key -> (FailedRun) world.store.records().find(key).orElseThrow())
                .toList();
        assertThat(records).hasSize(1);
        return records.get(0);
    }
}
