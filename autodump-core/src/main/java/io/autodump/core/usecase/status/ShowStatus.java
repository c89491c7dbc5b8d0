package io.autodump.core.usecase.status;

import io.autodump.core.copy.CopyTarget;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.plan.Deployment;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.plan.TagProblems;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.SecretCatalog;
import io.autodump.core.record.Attestation;
import io.autodump.core.record.FailedDrill;
import io.autodump.core.record.FailedRun;
import io.autodump.core.record.RecordKey.Kind;
import io.autodump.core.record.StoreNames;
import io.autodump.core.schedule.DumpSchedule;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.usecase.Ports;
import io.autodump.core.usecase.copy.KnownCopies;
import io.autodump.core.usecase.status.DatabaseStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Says for each database whether it has a good dump. Lists what is new in the store once, and reads the newest
 * manifests and records only. Changes nothing. Thread-safe.
 */
public final class ShowStatus {
    /** How many dumps of a database are read: enough for the trend of their sizes. */
    private static final int DUMPS = 10;

    /** More are listed, because dumps that were named while a clock was wrong don't count. */
    private static final int LISTED = 50;

    private final SecretCatalog catalog;
    private final DumpStore store;
    private final InstantSource clock;
    private final FindOverdueDumps overdue;
    private final Deployment deployment;
    private final List<CopyTarget> copyTargets;
    private final Duration margin;

    ShowStatus(Ports ports, Duration margin) {
        this.copyTargets = ports.copyTargets();
        this.margin = margin;
        this.catalog = ports.catalog();
        this.store = ports.store();
        this.clock = ports.clock();
        this.deployment = ports.deployment();
        this.overdue = new FindOverdueDumps(catalog, List.of(store), clock, margin, deployment);
    }

    /**
     * Not API: {@link io.autodump.core.Monitoring#status} is.
     *
     * @param margin how long a run may take until its dump is overdue; not negative
     */
    public static ShowStatus of(Ports ports, Duration margin) {
        return new ShowStatus(ports, margin);
    }

    /**
     * Looks at databases.
     *
     * @param names the names of secrets; empty for all tagged secrets
     * @throws AutoDumpException {@code STORE_FAILED} if the store can't be listed
     */
    public StatusReport show(Collection<String> names) {
        Instant now = clock.instant();
        List<String> failures = new ArrayList<>();
        List<TaggedSecret> secrets = FindOverdueDumps.secrets(catalog, failures).stream()
                .filter(secret -> names.isEmpty() || names.contains(secret.name()))
                .toList();
        StoreNames listed = store.newest(LISTED);
        Instant limit = now.plus(FindOverdueDumps.AHEAD);
        NewestDumps dumps = NewestDumps.of(store, listed.dumps(), secrets, DUMPS, limit);
        NewestRecords records = new NewestRecords(store.records(), listed.records(), limit);
        KnownCopies copies = copies(now);
        List<DatabaseStatus> found = secrets.stream()
                .flatMap(secret -> dumps.databases(secret).stream())
                .map(database -> status(database, now, dumps, records, copies))
                .toList();
        failures.addAll(dumps.failures());
        failures.addAll(copies.failures());
        return new StatusReport(now, found, failures);
    }

    /** Lists the stores that dumps are copied to. */
    KnownCopies copies(Instant now) {
        return KnownCopies.in(copyTargets, DUMPS, now, margin);
    }

    /** The status of one database, from what was listed. */
    DatabaseStatus status(
            WatchedDatabase database, Instant now, NewestDumps dumps, NewestRecords records, KnownCopies copies) {
        TaggedSecret secret = database.secret();
        SecretFreshness freshness = overdue.freshness(database, now, dumps);
        List<DumpManifest> newest = dumps.manifests(database, DUMPS);
        Optional<DumpManifest> proven = newest.stream()
                .filter(dump -> FindDumps.isProven(dump, records))
                .findFirst();
        DatabaseStatus.Builder status = DatabaseStatus.builder()
                .secretName(secret.name())
                .database(database.database())
                .newestDumps(newest)
                .lastGood(newest.stream()
                        .filter(dump -> !isSuspicious(dump, records))
                        .findFirst())
                .lastProven(proven)
                .lastProof(proven.flatMap(dump -> records.find(dump.key(), Kind.PROVEN, Attestation.class)))
                .failedDrill(failedDrill(newest, records))
                .lastFailure(records.failures(database, 1).stream().findFirst())
                .due(freshness.due())
                .problems(freshness.problems());
        SecretTags tags = SecretTags.read(secret.tags());
        boolean paused = tags.paused() || deployment.leavesOut(secret, tags).isPresent();
        Optional<Instant> next =
                schedule(tags).filter(schedule -> !paused).flatMap(runs -> runs.next(secret.id(), now));
        DatabaseStatus known = status.nextRun(next)
                .copies(copies.of(newest, tags))
                .state(State.FRESH)
                .build();
        State state = paused ? State.PAUSED : state(known, tags, freshness, isLate(secret, tags, now, known), records);
        return DatabaseStatus.builder()
                .from(known)
                .state(state)
                .needsOperator(needsOperator(state, known))
                .build();
    }

    private static State state(
            DatabaseStatus known, SecretTags tags, SecretFreshness freshness, boolean late, NewestRecords records) {
        if (isStopped(tags.problems())) {
            return State.UNPROTECTED;
        }
        if (isFailing(known)) {
            return State.FAILING;
        }
        if (freshness.status() == SecretFreshness.Status.OVERDUE) {
            return State.OVERDUE;
        }
        if (known.newestDumps().isEmpty()) {
            return State.UNPROTECTED;
        }
        if (isSuspicious(known.newestDumps().get(0), records)) {
            return State.SUSPICIOUS;
        }
        return late ? State.LATE : State.FRESH;
    }

    /** A stopped attempt is no failure: its run is made again. A missed run shows as overdue. */
    private static boolean isFailing(DatabaseStatus known) {
        return known.lastFailure()
                .filter(failure -> failure.outcome() == FailedRun.Outcome.FAILED && !isStopped(failure))
                .filter(failure -> known.newestDumps().stream()
                        .allMatch(dump -> dump.scheduledAt().isBefore(failure.scheduledAt())))
                .isPresent();
    }

    /** The run that would be due without any margin has no dump yet. */
    private static boolean isLate(TaggedSecret secret, SecretTags tags, Instant now, DatabaseStatus known) {
        Optional<Instant> newest = known.newestDumps().stream().findFirst().map(DumpManifest::scheduledAt);
        SecretTags withoutTimeout =
                SecretTags.builder().schedule(schedule(tags)).build();
        return DueRun.of(secret, withoutTimeout, now, Duration.ZERO)
                .filter(run -> !run.isMadeBy(newest))
                .isPresent();
    }

    /** The last drill, if it failed: no newer dump, and no later drill of the same dump, was proven. */
    private static Optional<FailedDrill> failedDrill(List<DumpManifest> newest, NewestRecords records) {
        return newest.stream()
                .filter(dump -> records.has(Kind.PROVEN, dump.key()) || records.has(Kind.UNPROVEN, dump.key()))
                .findFirst()
                .flatMap(dump -> records.find(dump.key(), Kind.UNPROVEN, FailedDrill.class));
    }

    /** A database whose first run is still to come needs no operator. */
    private static boolean needsOperator(State state, DatabaseStatus known) {
        boolean uncopied =
                known.copies().stream().anyMatch(copy -> !copy.missing().isEmpty());
        if ((known.failedDrill().isPresent() || uncopied) && state != State.PAUSED) {
            return true;
        }
        boolean waits = known.nextRun().isPresent() && known.due().isEmpty();
        return switch (state) {
            case FAILING, OVERDUE, SUSPICIOUS -> true;
            case UNPROTECTED -> !waits;
            case PAUSED, LATE, FRESH -> false;
        };
    }

    private static boolean isSuspicious(DumpManifest dump, NewestRecords records) {
        return !dump.suspicions().isEmpty() && !records.has(Kind.ACCEPTED, dump.key());
    }

    /** The attempt was stopped together with its program. */
    static boolean isStopped(FailedRun failure) {
        return failure.code().equals(Optional.of(ErrorCode.INTERRUPTED.id()));
    }

    /** Problems that don't concern when to dump, and protect nothing, stop no dump. */
    private static boolean isStopped(TagProblems problems) {
        return !problems.schedule().isEmpty() || !problems.protection().isEmpty();
    }

    private static Optional<DumpSchedule> schedule(SecretTags tags) {
        return tags.problems().schedule().isEmpty() ? tags.schedule() : Optional.empty();
    }
}
