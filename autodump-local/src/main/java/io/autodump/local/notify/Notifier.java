package io.autodump.local.notify;

import io.autodump.core.dump.DumpEvent;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpEvents;
import io.autodump.core.usecase.status.DatabaseStatus;
import io.autodump.core.usecase.status.DatabaseStatus.State;
import io.autodump.core.usecase.status.StatusReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Passes outcomes to channels. A channel that is slow or fails delays and harms no dump: each has a thread of its own,
 * repeats what failed for at most two minutes, and its last failure is kept in the state folder: {@link
 * ChannelStates} reads it.
 *
 * <ul>
 *   <li>Of the attempts at one run, the first that fails is passed on, and others only if they fail for another reason.
 *       An attempt that was stopped together with its program isn't: its run is made after the next start.
 *   <li>A copy that fails for the same reason as the last one of its secret, to the same store, is passed on once a
 *       day, until {@link #look} finds that no copy is missing.
 *   <li>{@link #look} says once that a database is overdue, and once each further day.
 *   <li>After such bad news, the next dump is good news ({@code recovered}), once.
 * </ul>
 *
 * <p>What was said is kept in the state folder, so that a restart repeats nothing. Thread-safe.
 */
public final class Notifier implements DumpEvents, AutoCloseable {
    /** How long {@link #close} waits for receivers: 15 seconds. */
    public static final Duration LONGEST_CLOSE = Duration.ofSeconds(15);

    private static final String MISSED = "missed";

    private final List<Delivery> deliveries;
    private final Troubles troubles;
    private final Troubles copies;
    private final InstantSource clock;
    private final Notices notices;
    private final Consumer<String> problems;

    private Notifier(
            List<Delivery> deliveries,
            Path stateFolder,
            InstantSource clock,
            Notices notices,
            Consumer<String> problems) {
        this.deliveries = deliveries;
        this.troubles = new Troubles(stateFolder, "databases", problems);
        this.copies = new Troubles(stateFolder, "copies", problems);
        this.clock = clock;
        this.notices = notices;
        this.problems = problems;
    }

    /**
     * Starts a notifier.
     *
     * @param stateFolder the state folder of the scheduler; it is created when there is something to keep
     * @param host the name of this machine, for the messages; empty if it isn't known
     * @param problems receives what wasn't delivered, and why; called by several threads
     */
    public static Notifier of(
            List<Subscription> subscriptions,
            Path stateFolder,
            InstantSource clock,
            Optional<String> host,
            Consumer<String> problems) {
        ChannelStates states = new ChannelStates(stateFolder, clock, problems);
        List<Delivery> deliveries = subscriptions.stream()
                .map(subscription -> new Delivery(subscription, states, problems))
                .toList();
        return new Notifier(deliveries, stateFolder, clock, new Notices(host), problems);
    }

    /**
     * Sends a notice that says that it is a test, and waits for the receiver. Makes one attempt.
     *
     * @param channel the name of a subscription
     * @return why it wasn't delivered; empty if it was
     * @throws IllegalArgumentException if no subscription has the name
     */
    public Optional<String> test(String channel, Instant now) {
        Delivery delivery = deliveries.stream()
                .filter(each -> each.subscription().name().equals(channel))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no channel is named " + channel));
        return delivery.test(notices.test(secretFor(delivery.subscription()), channel, now));
    }

    /** Returns the first database that the subscription names in full: a URL may hold the name. */
    private static String secretFor(Subscription subscription) {
        return subscription.databases().stream()
                .filter(name -> name.indexOf('*') < 0)
                .findFirst()
                .orElse(Notices.TEST_SECRET);
    }

    @Override
    public void started(String secretName, Instant scheduledAt) {
        offer(notices.started(secretName, scheduledAt));
    }

    @Override
    public synchronized void publish(DumpEvent event) {
        if (deliveries.isEmpty()) {
            return;
        }
        try {
            if (event instanceof DumpEvent.Succeeded made) {
                made(made);
            } else if (event instanceof DumpEvent.Failed failed) {
                failed(failed);
            } else if (event instanceof DumpEvent.Missed missed) {
                bad(missed, NoticeType.MISSED, MISSED);
            } else if (event instanceof DumpEvent.DrillFailed) {
                offer(event, NoticeType.FAILED, false);
            } else if (event instanceof DumpEvent.CopyFailed failed) {
                copyFailed(failed);
            } else {
                offer(event, event instanceof DumpEvent.Overdue ? NoticeType.OVERDUE : NoticeType.RECOVERED, false);
            }
        } catch (RuntimeException fault) {
            // A dump must not fail because of its notice.
            problems.accept("no channel was told of an event: " + fault);
        }
    }

    private void failed(DumpEvent.Failed failed) {
        if (failed.code() != ErrorCode.INTERRUPTED) {
            bad(failed, NoticeType.FAILED, failed.code().id());
        }
    }

    /** A store that can't be used fails at every attempt. */
    private void copyFailed(DumpEvent.CopyFailed failed) {
        String name = copyName(failed.store(), failed.secretName());
        String reason = failed.code().id();
        Instant now = clock.instant();
        Trouble known = copies.of(name).orElse(Trouble.none(name));
        boolean sameReason = known.reason().equals(Optional.of(reason));
        if (!sameReason || !known.isOverdueToldOn(now)) {
            offer(failed, NoticeType.FAILED, false);
            copies.write(known.failed(failed.scheduledAt(), reason).overdue(now));
        }
    }

    private static String copyName(String store, String secretName) {
        return store + ":" + secretName;
    }

    private void bad(DumpEvent event, NoticeType type, String reason) {
        Trouble known = troubles.of(event.secretName()).orElse(Trouble.none(event.secretName()));
        offer(event, type, known.isAbout(event.scheduledAt(), reason));
        troubles.write(known.failed(event.scheduledAt(), reason));
    }

    private void made(DumpEvent.Succeeded made) {
        boolean clean = made.manifest().warnings().isEmpty()
                && made.manifest().suspicions().isEmpty();
        offer(made, clean ? NoticeType.SUCCEEDED : NoticeType.WARNED, false);
        troubles.of(made.secretName())
                .filter(trouble -> trouble.isEndedBy(made.scheduledAt()))
                .ifPresent(trouble -> recovered(made.manifest()));
    }

    private void recovered(DumpManifest dump) {
        offer(new DumpEvent.Recovered(dump), NoticeType.RECOVERED, false);
        troubles.end(dump.secretName());
    }

    private void offer(DumpEvent event, NoticeType type, boolean repeated) {
        offer(notices.of(event, type, repeated));
    }

    private void offer(Notice notice) {
        deliveries.forEach(delivery -> delivery.offer(notice));
    }

    /**
     * Looks at the status of databases: says which are overdue, and which have a dump again. Call it every few minutes,
     * with the status of all databases.
     */
    public synchronized void look(StatusReport report) {
        if (deliveries.isEmpty()) {
            return;
        }
        report.databases().forEach(database -> look(database, report.checkedAt()));
        forgetCompleteCopies(report.databases());
        if (report.failures().isEmpty()) {
            forgetAllBut(
                    report.databases().stream().map(DatabaseStatus::secretName).collect(Collectors.toSet()));
        }
    }

    /** One of several databases of a secret may still lack a copy. */
    private void forgetCompleteCopies(List<DatabaseStatus> databases) {
        Map<String, Boolean> complete = new HashMap<>();
        for (DatabaseStatus database : databases) {
            database.copies()
                    .forEach(copy -> complete.merge(
                            copyName(copy.store(), database.secretName()), copy.isComplete(), Boolean::logicalAnd));
        }
        complete.entrySet().stream()
                .filter(copy -> copy.getValue() && copies.of(copy.getKey()).isPresent())
                .forEach(copy -> copies.end(copy.getKey()));
    }

    private void look(DatabaseStatus database, Instant now) {
        Optional<Trouble> known = troubles.of(database.secretName());
        if (database.isWithoutDueDump()) {
            Trouble trouble = known.orElse(Trouble.none(database.secretName()));
            if (!trouble.isOverdueToldOn(now)) {
                offer(overdue(database, trouble.days(now), now), NoticeType.OVERDUE, false);
                troubles.write(trouble.overdue(now));
            }
        } else if (known.isPresent() && database.state() == State.PAUSED) {
            troubles.end(database.secretName());
        } else if (known.isPresent()) {
            database.newestDumps().stream()
                    .findFirst()
                    .filter(dump -> known.get().isEndedBy(dump.scheduledAt()))
                    .ifPresent(this::recovered);
        }
    }

    private static DumpEvent overdue(DatabaseStatus database, int days, Instant now) {
        Optional<Instant> newest = database.newestDumps().stream().findFirst().map(DumpManifest::scheduledAt);
        return new DumpEvent.Overdue(database.secretName(), database.due().orElse(now), days, newest, reason(database));
    }

    private static String reason(DatabaseStatus database) {
        if (database.state() == State.UNPROTECTED && !database.problems().isEmpty()) {
            return database.problems().stream()
                    .map(problem -> "the tag " + problem)
                    .collect(Collectors.joining("\n", "Its tags stop all dumps: ", ""));
        }
        String run = database.due()
                .map(due -> "There is no dump of the run of " + due + ".")
                .orElse("There is no dump, and none is scheduled.");
        return database.lastFailure()
                .filter(failure -> database.due().stream().noneMatch(failure.scheduledAt()::isBefore))
                .map(failure ->
                        run + "\n" + failure.code().map(code -> code + " ").orElse("") + failure.message())
                .orElse(run);
    }

    private void forgetAllBut(Set<String> secrets) {
        troubles.all().stream()
                .map(Trouble::secretName)
                .filter(name -> !secrets.contains(name))
                .forEach(troubles::end);
    }

    /** Waits until all notices are delivered, at most {@link #LONGEST_CLOSE}; gives up the others. */
    @Override
    public void close() {
        close(LONGEST_CLOSE);
    }

    void close(Duration atMost) {
        deliveries.forEach(Delivery::beginEnd);
        long end = System.nanoTime() + atMost.toNanos();
        deliveries.forEach(delivery -> delivery.end(Duration.ofNanos(Math.max(0, end - System.nanoTime()))));
    }
}
