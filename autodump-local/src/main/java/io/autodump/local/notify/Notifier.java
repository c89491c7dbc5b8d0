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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
 *   <li>{@link #look} says once that a database is overdue, and once each further day. Databases of one secret that
 *       become overdue together make one notice.
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
    private final Map<String, Instant> dumped = new HashMap<>();

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
                bad(missed, Optional.empty(), NoticeType.MISSED, MISSED);
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
            bad(failed, failed.database(), NoticeType.FAILED, failed.code().id());
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

    private void bad(DumpEvent event, Optional<String> database, NoticeType type, String reason) {
        Trouble known = trouble(event.secretName(), database);
        offer(event, type, known.isAbout(event.scheduledAt(), reason));
        troubles.write(known.failed(event.scheduledAt(), reason));
    }

    private Trouble trouble(String secretName, Optional<String> database) {
        return troubles.of(Trouble.key(secretName, database)).orElse(Trouble.none(secretName, database));
    }

    /** A repeated attempt at several databases finds those that were dumped before. */
    private void made(DumpEvent.Succeeded made) {
        Optional<String> database = Notices.database(made.manifest());
        if (made.scheduledAt().equals(dumped.put(Trouble.key(made.secretName(), database), made.scheduledAt()))) {
            return;
        }
        boolean clean = made.manifest().warnings().isEmpty()
                && made.manifest().suspicions().isEmpty();
        offer(made, clean ? NoticeType.SUCCEEDED : NoticeType.WARNED, false);
        endTroubles(made.manifest());
    }

    /** Ends the trouble of a database, and that of its whole secret, if a dump does. */
    private void endTroubles(DumpManifest dump) {
        List<Trouble> ended = Stream.of(Optional.<String>empty(), Notices.database(dump))
                .distinct()
                .flatMap(database -> troubles.of(Trouble.key(dump.secretName(), database)).stream())
                .filter(trouble -> trouble.isEndedBy(dump.scheduledAt()))
                .toList();
        if (!ended.isEmpty()) {
            offer(new DumpEvent.Recovered(dump), NoticeType.RECOVERED, false);
            ended.forEach(trouble -> troubles.end(trouble.key()));
        }
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
        report.databases().stream()
                .collect(Collectors.groupingBy(DatabaseStatus::secretName, LinkedHashMap::new, Collectors.toList()))
                .values()
                .forEach(ofSecret -> look(ofSecret, report.checkedAt()));
        forgetCompleteCopies(report.databases());
        if (report.failures().isEmpty()) {
            forgetAllBut(report.databases());
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

    /** Says in one notice which databases of a secret are overdue, so that a broken server raises one alarm. */
    private void look(List<DatabaseStatus> ofSecret, Instant now) {
        List<DatabaseStatus> untold = ofSecret.stream()
                .filter(DatabaseStatus::isWithoutDueDump)
                .filter(database -> !trouble(database).isOverdueToldOn(now))
                .toList();
        if (!untold.isEmpty()) {
            List<Trouble> known = untold.stream().map(this::trouble).toList();
            int days =
                    known.stream().mapToInt(trouble -> trouble.days(now)).max().orElseThrow();
            offer(Notices.overdue(untold, days, now), NoticeType.OVERDUE, false);
            known.forEach(trouble -> troubles.write(trouble.overdue(now)));
        }
        ofSecret.stream().filter(database -> !database.isWithoutDueDump()).forEach(this::endTroubles);
    }

    private Trouble trouble(DatabaseStatus database) {
        return trouble(database.secretName(), database.database());
    }

    private void endTroubles(DatabaseStatus database) {
        if (database.state() == State.PAUSED) {
            troubles.of(trouble(database).key()).ifPresent(trouble -> troubles.end(trouble.key()));
        } else {
            database.newestDumps().stream().findFirst().ifPresent(this::endTroubles);
        }
    }

    /** Forgets databases and secrets that don't exist any more. */
    private void forgetAllBut(List<DatabaseStatus> databases) {
        Set<String> known = databases.stream()
                .flatMap(database ->
                        Stream.of(database.secretName(), trouble(database).key()))
                .collect(Collectors.toSet());
        troubles.all().stream()
                .map(Trouble::key)
                .filter(key -> !known.contains(key))
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
