package io.autodump.local.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.MoreExecutors;
import io.autodump.core.AutoDump;
import io.autodump.core.Monitoring;
import io.autodump.core.testing.FakeDumpSource;
import io.autodump.core.usecase.status.DatabaseStatus.State;
import io.autodump.core.usecase.status.HistoryEntry;
import io.autodump.core.usecase.status.HistoryEntry.Outcome;
import io.autodump.local.notify.Notice;
import io.autodump.local.notify.NoticeType;
import io.autodump.local.notify.Notifier;
import io.autodump.local.notify.Subscription;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weeks with a wrong password, restarts, and two days without the scheduler: messages and history agree. */
class NoticesOfAMonthTest {
    private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant END = Instant.parse("2026-11-21T00:00:00Z");

    private final World world;
    private final List<Notice> told = new CopyOnWriteArrayList<>();
    private final Monitoring monitoring;
    private Notifier notifier;

    NoticesOfAMonthTest(@TempDir Path folder) {
        world = new World(folder, BEGIN.toString());
        world.source = (database, settings) -> (isBetween("2026-11-05T00:00:00Z", "2026-11-08T00:00:00Z")
                        ? FakeDumpSource.failingAfter(World.DUMP)
                        : FakeDumpSource.printing(World.DUMP))
                .prepare(database, settings);
        monitoring = Monitoring.of(AutoDump.builder()
                .secretCatalog(world.secrets)
                .dumpStore(world.store)
                .clock(world.clock)
                .build());
        notifier = start();
    }

    private Notifier start() {
        Notifier started = Notifier.of(
                List.of(new Subscription("all", told::add, NoticeType.USUAL, List.of())),
                world.stateFolder,
                world.clock,
                Optional.empty(),
                problem -> {});
        world.restart(world.newDaemon(MoreExecutors.newDirectExecutorService())
                .events(started)
                .build());
        return started;
    }

    private void restart() {
        notifier.close();
        notifier = start();
    }

    private boolean isBetween(String from, String to) {
        Instant now = world.clock.instant();
        return !now.isBefore(Instant.parse(from)) && now.isBefore(Instant.parse(to));
    }

    /** Every five minutes, but not from the 15th to the 17th; a restart every six hours. */
    private void live() {
        world.secret("orders", "0 8 - - -");
        for (Instant now = BEGIN; now.isBefore(END); now = now.plus(Duration.ofMinutes(5))) {
            world.clock.set(now.toString());
            if (!isBetween("2026-11-15T07:00:00Z", "2026-11-17T07:30:00Z")) {
                world.tick();
                notifier.look(monitoring.status(List.of()));
            }
            if (now.getEpochSecond() % Duration.ofHours(6).toSeconds() == 0) {
                restart();
            }
        }
        notifier.close();
    }

    private List<Instant> runs(Outcome outcome) {
        return monitoring.history("orders", 100).stream()
                .filter(run -> run.outcome() == outcome)
                .map(HistoryEntry::scheduledAt)
                .sorted()
                .toList();
    }

    private List<Instant> told(NoticeType type) {
        return told.stream()
                .filter(notice -> notice.type() == type)
                .map(Notice::scheduledAt)
                .toList();
    }

    @Test
    void messagesAndHistoryAgreeToTheRun() {
        live();

        assertThat(told)
                .extracting(notice -> notice.type().text() + " " + notice.scheduledAt())
                .containsExactly(
                        "failed 2026-11-05T08:00:00Z",
                        "overdue 2026-11-05T08:00:00Z",
                        "failed 2026-11-06T08:00:00Z",
                        "overdue 2026-11-06T08:00:00Z",
                        "failed 2026-11-07T08:00:00Z",
                        "overdue 2026-11-07T08:00:00Z",
                        "recovered 2026-11-08T08:00:00Z",
                        "missed 2026-11-15T08:00:00Z",
                        "overdue 2026-11-16T08:00:00Z",
                        "recovered 2026-11-17T08:00:00Z");
        assertThat(runs(Outcome.FAILED)).isEqualTo(told(NoticeType.FAILED));
        assertThat(runs(Outcome.MISSED)).isEqualTo(told(NoticeType.MISSED));
        assertThat(runs(Outcome.MADE)).hasSize(15);
        assertThat(monitoring.status(List.of()).databases())
                .singleElement()
                .satisfies(status -> assertThat(status.state()).isEqualTo(State.FRESH));
        assertThat(monitoring.overview(10).databases().get(0).runs()).hasSize(19);
    }
}
