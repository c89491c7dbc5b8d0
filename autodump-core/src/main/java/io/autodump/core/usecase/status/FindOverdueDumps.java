package io.autodump.core.usecase.status;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.plan.Deployment;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.port.DumpIndex;
import io.autodump.core.port.SecretCatalog;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.usecase.Ports;
import io.autodump.core.usecase.status.SecretFreshness.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds databases that don't have the dump that they should have by now. It compares schedules with finished dumps
 * only. So it also notices a scan that never ran, a job that never started, and a dump that was removed.
 *
 * <p>A run is due at its instant of the schedule, jitter included. It must have ended by its deadline: a margin later,
 * plus {@code autodump:timeout} if the secret has that tag. The check considers the newest run whose deadline has
 * passed. A dump that was scheduled for this run or a later one makes the database fresh.
 *
 * <p>If the secret changed after that run, its schedule may have been different at that time. Then the check considers
 * the run before it, if the secret already existed: otherwise a secret that changes more often than it is dumped would
 * never be overdue. As a result, a database whose schedule was made more frequent can be reported as overdue until its
 * next run.
 *
 * <p>A schedule that can't be read doesn't hide a missing dump: such a database is overdue when its newest dump
 * is older than {@link #OLDEST} and the margin.
 *
 * <p>Changes nothing. Thread-safe.
 */
public final class FindOverdueDumps {
    /** How old the newest dump of a database may be whose schedule can't be read: 1 day. */
    public static final Duration OLDEST = Duration.ofDays(1);

    /** Dumps of later instants were named while a clock was wrong. */
    static final Duration AHEAD = Duration.ofDays(1);

    private final SecretCatalog catalog;
    private final List<DumpIndex> indexes;
    private final InstantSource clock;
    private final Duration margin;
    private final Deployment deployment;

    /**
     * Builds the use case from its ports.
     *
     * @param indexes all places that may contain dumps
     * @param margin how long a run may take until its dump is overdue; not negative
     * @param deployment whose databases are checked
     */
    FindOverdueDumps(
            SecretCatalog catalog,
            List<DumpIndex> indexes,
            InstantSource clock,
            Duration margin,
            Deployment deployment) {
        this.catalog = catalog;
        this.indexes = List.copyOf(indexes);
        this.clock = clock;
        this.margin = margin;
        this.deployment = deployment;
        if (margin.isNegative()) {
            throw new IllegalArgumentException("margin must not be negative: " + margin);
        }
    }

    FindOverdueDumps(SecretCatalog catalog, List<DumpIndex> indexes, InstantSource clock, Duration margin) {
        this(catalog, indexes, clock, margin, Deployment.UNNAMED);
    }

    /**
     * Not API: {@link io.autodump.core.AutoDump#freshness} is.
     *
     * @param margin how long a run may take until its dump is overdue; not negative
     */
    public static FindOverdueDumps of(Ports ports, Duration margin) {
        return new FindOverdueDumps(ports.catalog(), ports.indexes(), ports.clock(), margin, ports.deployment());
    }

    /** Checks all databases. Never throws for a listing or an index that fails: the report names it. */
    public FreshnessReport find() {
        Instant now = clock.instant();
        List<String> failures = new ArrayList<>();
        List<TaggedSecret> secrets = secrets(failures);
        NewestDumps dumps = NewestDumps.in(indexes, secrets, now.plus(AHEAD));
        List<SecretFreshness> found = secrets.stream()
                .flatMap(secret -> dumps.databases(secret).stream())
                .map(database -> freshness(database, now, dumps))
                .toList();
        failures.addAll(dumps.failures());
        return new FreshnessReport(now, found, failures);
    }

    private List<TaggedSecret> secrets(List<String> failures) {
        return secrets(catalog, failures);
    }

    /** Returns all tagged secrets that can be read, by name, and adds why some are missing. */
    static List<TaggedSecret> secrets(SecretCatalog catalog, List<String> failures) {
        List<TaggedSecret> secrets = new ArrayList<>();
        try (Stream<TaggedSecret> tagged = catalog.tagged()) {
            tagged.forEach(secrets::add);
        } catch (AutoDumpException brokenOff) {
            failures.add("the list of secrets isn't complete: " + brokenOff.report());
        }
        secrets.sort(Comparator.comparing(TaggedSecret::name));
        return secrets;
    }

    /** Checks one database, whose dumps were looked for. */
    SecretFreshness freshness(WatchedDatabase database, Instant now, NewestDumps dumps) {
        TaggedSecret secret = database.secret();
        NewestDumps.Newest newest = dumps.of(database);
        SecretFreshness.Builder freshness = SecretFreshness.builder()
                .secretId(secret.id())
                .secretName(secret.name())
                .database(database.database())
                .newestDump(newest.scheduledAt());
        SecretTags tags = SecretTags.read(secret.tags());
        if (deployment.leavesOut(secret, tags).isPresent()) {
            return freshness.status(Status.NOT_DUE).build();
        }
        freshness.problems(tags.problems().all());
        if (!tags.problems().schedule().isEmpty()) {
            Duration lateness = margin.plus(tags.settings().timeout().orElse(Duration.ZERO));
            return byAge(secret, newest, now, lateness, freshness);
        }
        Optional<DueRun> due = DueRun.of(secret, tags, now, margin);
        Status status = due.map(run -> status(run, newest)).orElse(Status.NOT_DUE);
        return freshness
                .due(due.map(DueRun::scheduledAt))
                .deadline(due.map(DueRun::deadline))
                .status(status)
                .build();
    }

    /** Without a schedule that can be read, the newest dump may be {@link #OLDEST} old, and the margin. */
    private static SecretFreshness byAge(
            TaggedSecret secret,
            NewestDumps.Newest newest,
            Instant now,
            Duration lateness,
            SecretFreshness.Builder freshness) {
        Optional<Instant> due =
                newest.scheduledAt().or(secret::createdAt).or(secret::changedAt).map(since -> since.plus(OLDEST));
        Optional<Instant> deadline = due.map(run -> run.plus(lateness));
        boolean overdue =
                newest.certain() && deadline.filter(end -> !now.isBefore(end)).isPresent();
        return freshness
                .due(due)
                .deadline(deadline)
                .status(overdue ? Status.OVERDUE : Status.UNKNOWN)
                .build();
    }

    private static Status status(DueRun due, NewestDumps.Newest newest) {
        if (due.isMadeBy(newest.scheduledAt())) {
            return Status.FRESH;
        }
        return newest.certain() ? Status.OVERDUE : Status.UNKNOWN;
    }
}
