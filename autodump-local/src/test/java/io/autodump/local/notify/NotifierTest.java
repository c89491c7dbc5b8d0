package io.autodump.local.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.copy.CopyStatus;
import io.autodump.core.database.TlsMode;
import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpEvent;
import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.server.ServerDatabases;
import io.autodump.core.usecase.status.DatabaseStatus;
import io.autodump.core.usecase.status.DatabaseStatus.State;
import io.autodump.core.usecase.status.StatusReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifierTest {
    private static final Instant RUN = Instant.parse("2026-11-22T08:00:00Z");
    private static final DumpManifest DUMP = DumpManifest.builder()
            .key(DumpKey.of(Optional.empty(), "orders", "shop", RUN, ".dump.zst"))
            .secretName("orders")
            .database("shop")
            .engine("postgres")
            .scheduledAt(RUN)
            .startedAt(RUN.plusSeconds(2))
            .finishedAt(RUN.plusSeconds(60))
            .serverVersion("15.18")
            .clientVersion("15.18")
            .tls(TlsMode.VERIFY_FULL)
            .replica(false)
            .fileType(new DumpFileType(DumpFormat.CUSTOM, Compression.DEFAULT))
            .settings(DumpSettings.defaults())
            .sourceBytes(8192)
            .storedBytes(4096)
            .checksum(Checksum.ofSha256(new byte[32]))
            .archiveEntries(42)
            .toolVersion("test")
            .build();

    private final Path state;
    private final List<Notice> told = new CopyOnWriteArrayList<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();

    NotifierTest(@TempDir Path state) {
        this.state = state;
    }

    private Subscription all() {
        return new Subscription("all", told::add, NoticeType.OUTCOMES, List.of());
    }

    private Notifier notifier(Subscription... subscriptions) {
        return Notifier.of(List.of(subscriptions), state, Clock.systemUTC(), Optional.empty(), problems::add);
    }

    /** With a notifier of its own, as after a restart. */
    private void publish(DumpEvent... events) {
        try (Notifier notifier = notifier(all())) {
            List.of(events).forEach(notifier::publish);
        }
    }

    private void look(DatabaseStatus status, Instant now) {
        try (Notifier notifier = notifier(all())) {
            notifier.look(new StatusReport(now, List.of(status), List.of()));
        }
    }

    private List<String> titles() {
        return told.stream().map(Notice::title).toList();
    }

    private static DumpEvent failed(ErrorCode code) {
        return new DumpEvent.Failed("orders", RUN, code, code.id() + " it failed\nHINT: mend it");
    }

    private static DatabaseStatus.Builder status(State state) {
        return DatabaseStatus.builder().secretName("orders").state(state).needsOperator(true);
    }

    @Test
    void tellsTheFirstFailureOfARunAndEachOtherReason() {
        publish(failed(ErrorCode.CONNECTION_FAILED));
        publish(failed(ErrorCode.CONNECTION_FAILED));
        publish(failed(ErrorCode.AUTHENTICATION_REFUSED));

        assertThat(told)
                .extracting(Notice::text)
                .satisfiesExactly(
                        first -> assertThat(first).contains(ErrorCode.CONNECTION_FAILED.id(), "HINT: mend it"),
                        other -> assertThat(other).contains(ErrorCode.AUTHENTICATION_REFUSED.id()));
    }

    @Test
    void tellsOnceThatCopiesFailUntilNoneIsMissing() {
        publish(copyFailed(ErrorCode.STORE_FAILED), copyFailed(ErrorCode.STORE_FAILED));
        publish(copyFailed(ErrorCode.DUMP_CORRUPT));
        look(copies(new CopyStatus("disk", List.of(DUMP), List.of())), RUN);
        publish(copyFailed(ErrorCode.DUMP_CORRUPT));
        assertThat(titles())
                .containsExactly(
                        "orders: the copy to disk failed (AD-4001)", "orders: the copy to disk failed (AD-4004)");
        assertThat(told.get(0).text()).contains("the disk is full", "its copy in disk is missing");
        assertThat(told.get(0).json()).contains("\"type\" : \"copy-failed\"", "\"store\" : \"disk\"");

        look(copies(new CopyStatus("disk", List.of(), List.of())), RUN);
        publish(copyFailed(ErrorCode.DUMP_CORRUPT));
        assertThat(titles()).hasSize(3);
    }

    private static DumpEvent copyFailed(ErrorCode code) {
        return new DumpEvent.CopyFailed("orders", RUN, "disk", DUMP.key(), code, code.id() + " the disk is full");
    }

    private static DatabaseStatus copies(CopyStatus copies) {
        return status(State.FRESH).addCopies(copies).build();
    }

    @Test
    void tellsAChannelWithStartsOfEveryAttempt() {
        try (Notifier notifier = notifier(new Subscription("ping", told::add, PingChannel.TYPES, List.of()))) {
            for (int attempt = 0; attempt < 2; attempt++) {
                notifier.started("orders", RUN);
                notifier.publish(failed(ErrorCode.CONNECTION_FAILED));
            }
        }

        assertThat(told)
                .extracting(Notice::type)
                .containsExactly(NoticeType.STARTED, NoticeType.FAILED, NoticeType.STARTED, NoticeType.FAILED);
    }

    @Test
    void doesNotTellOfADumpThatWasStoppedWithItsProgram() {
        publish(failed(ErrorCode.INTERRUPTED));

        assertThat(told).isEmpty();
    }

    @Test
    void tellsGoodNewsOnceAfterBadNews() {
        publish(new DumpEvent.Missed("orders", RUN));
        publish(new DumpEvent.Succeeded(DUMP));
        publish(new DumpEvent.Succeeded(DUMP));

        assertThat(titles())
                .containsExactly(
                        "orders: a run was missed",
                        "orders: the dump was made",
                        "orders: there is a dump again",
                        "orders: the dump was made");
    }

    @Test
    void tellsOncePerDayThatADatabaseIsOverdueAcrossRestarts() {
        DatabaseStatus overdue = status(State.OVERDUE).due(RUN).build();
        for (int hour = 0; hour <= 49; hour++) {
            look(overdue, RUN.plus(Duration.ofHours(2 + hour)));
        }
        look(status(State.FRESH).addNewestDumps(DUMP).build(), RUN.plus(Duration.ofHours(60)));
        look(status(State.FRESH).addNewestDumps(DUMP).build(), RUN.plus(Duration.ofHours(61)));

        assertThat(titles())
                .containsExactly(
                        "orders: the dump is overdue",
                        "orders: the dump has been overdue for 1 day",
                        "orders: the dump has been overdue for 2 days",
                        "orders: there is a dump again");
        assertThat(told.get(0).text())
                .isEqualTo("There is no dump of the run of 2026-11-22T08:00:00Z.\nThere is no dump at all.");
    }

    @Test
    void tellsThatAFailingDatabaseIsOverdueToo() {
        look(status(State.FAILING).due(RUN).build(), RUN.plus(Duration.ofHours(2)));

        assertThat(titles()).containsExactly("orders: the dump is overdue");
    }

    @Test
    void saysNothingMoreAboutADatabaseThatIsPausedOrGone() {
        publish(new DumpEvent.Missed("orders", RUN));
        look(status(State.PAUSED).build(), RUN);
        look(status(State.FRESH).addNewestDumps(DUMP).build(), RUN);
        publish(new DumpEvent.Missed("orders", RUN));
        try (Notifier notifier = notifier(all())) {
            notifier.look(new StatusReport(RUN, List.of(), List.of()));
        }
        look(status(State.FRESH).addNewestDumps(DUMP).build(), RUN);

        assertThat(titles()).containsExactly("orders: a run was missed", "orders: a run was missed");
    }

    private static DumpManifest of(String database) {
        return DumpManifest.builder()
                .from(DUMP)
                .key(DumpKey.of(Optional.empty(), "orders", database, RUN, ".dump.zst"))
                .database(database)
                .serverDatabases(new ServerDatabases(List.of("crm", "hr")))
                .build();
    }

    /** One of two databases of a secret. */
    private static DatabaseStatus overdue(String database) {
        return status(State.OVERDUE).database(database).due(RUN).build();
    }

    @Test
    void knowsTheDatabasesOfASecretApart() {
        publish(
                new DumpEvent.Failed("orders", RUN, ErrorCode.DUMP_PROCESS_FAILED, "it failed", Optional.of("crm")),
                new DumpEvent.Succeeded(of("hr")));
        publish(new DumpEvent.Succeeded(of("crm")));

        assertThat(titles())
                .containsExactly(
                        "orders/crm: the dump failed (AD-3021)",
                        "orders/hr: the dump was made",
                        "orders/crm: the dump was made",
                        "orders/crm: there is a dump again");
    }

    @Test
    void tellsOnceOfTheDatabasesOfASecretThatAreOverdue() {
        DatabaseStatus fresh =
                status(State.FRESH).database("hr").addNewestDumps(of("hr")).build();
        try (Notifier notifier = notifier(all())) {
            notifier.look(new StatusReport(RUN, List.of(overdue("crm"), fresh), List.of()));
            notifier.look(new StatusReport(RUN, List.of(overdue("crm"), fresh), List.of()));
            notifier.look(
                    new StatusReport(RUN.plus(Duration.ofDays(1)), List.of(overdue("crm"), overdue("hr")), List.of()));
        }

        assertThat(titles())
                .containsExactly("orders/crm: the dump is overdue", "orders: the dump has been overdue for 1 day");
        assertThat(told.get(1).text())
                .contains("no dump of crm in the run of 2026", "no dump of hr in the run of 2026");
    }

    /** A repeated attempt at a run of several databases finds those that were dumped before. */
    @Test
    void tellsOnceOfADump() {
        try (Notifier notifier = notifier(all())) {
            notifier.publish(new DumpEvent.Succeeded(of("hr")));
            notifier.publish(new DumpEvent.Succeeded(of("hr")));
        }

        assertThat(titles()).containsExactly("orders/hr: the dump was made");
    }

    @Test
    void tellsAChannelOfItsOutcomesAndDatabasesOnly() {
        try (Notifier notifier = notifier(
                new Subscription("failures", told::add, Set.of(NoticeType.FAILED), List.of("stock", "ord*s")),
                new Subscription("others", told::add, NoticeType.OUTCOMES, List.of("order", "*.orders")))) {
            notifier.publish(failed(ErrorCode.CONNECTION_FAILED));
            notifier.publish(new DumpEvent.Missed("orders", RUN));
        }

        assertThat(told).extracting(Notice::type).containsExactly(NoticeType.FAILED);
    }

    @Test
    void repeatsADeliveryThatFailed() {
        try (HttpReceiver receiver = new HttpReceiver()) {
            receiver.answer(503);
            Channel hook = new WebhookChannel(HiddenText.of(receiver.url("/hook")), WebhookStyle.SLACK);
            try (Notifier notifier = notifier(new Subscription("hook", hook, NoticeType.OUTCOMES, List.of()))) {
                notifier.publish(failed(ErrorCode.CONNECTION_FAILED));
            }

            assertThat(receiver.requests()).hasSize(2);
            assertThat(channel("hook").failedAt()).isEmpty();
        }
    }

    @Test
    void keepsWhyAChannelFailed() {
        Channel broken = notice -> {
            throw UndeliveredException.permanent("no such hook");
        };
        try (Notifier notifier = notifier(new Subscription("hook", broken, NoticeType.OUTCOMES, List.of()), all())) {
            notifier.publish(failed(ErrorCode.CONNECTION_FAILED));
        }

        assertThat(channel("hook").problem()).contains("no such hook");
        assertThat(channel("hook").failures()).isEqualTo(1);
        assertThat(problems).containsExactly("channel hook wasn't told of failed orders: no such hook");
        assertThat(told).hasSize(1);
    }

    @Test
    void givesUpAChannelThatNeverAnswers() {
        Channel silent = notice -> Thread.sleep(Duration.ofHours(1).toMillis());
        Notifier notifier = notifier(new Subscription("hook", silent, NoticeType.OUTCOMES, List.of()));
        notifier.publish(failed(ErrorCode.CONNECTION_FAILED));
        notifier.publish(new DumpEvent.Missed("orders", RUN));

        notifier.close(Duration.ofMillis(10));

        assertThat(channel("hook").failures()).isEqualTo(2);
    }

    /** The end of the program interrupts the thread. */
    @Test
    void keepsTheStateOfAChannelWhoseThreadIsInterrupted() {
        ChannelStates states = new ChannelStates(state, Clock.systemUTC(), problems::add);
        states.failed("hook", "no answer");
        Thread.currentThread().interrupt();

        states.failed("hook", "the program ended");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(channel("hook").failures()).isEqualTo(2);
        assertThat(problems).isEmpty();
    }

    @Test
    void repeatsNothingIfItsFolderCannotBeWritten() throws IOException {
        Files.writeString(state.resolve("notify"), "in the way");
        try (Notifier notifier = notifier(all())) {
            DatabaseStatus overdue = status(State.OVERDUE).due(RUN).build();
            notifier.look(new StatusReport(RUN, List.of(overdue), List.of()));
            notifier.look(new StatusReport(RUN, List.of(overdue), List.of()));
        }

        assertThat(told).hasSize(1);
        assertThat(problems).isNotEmpty();
    }

    private ChannelState channel(String name) {
        return new ChannelStates(state, Clock.systemUTC(), problems::add).of(name);
    }
}
