package io.autodump.core.usecase.status;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.InvalidInputException;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.port.DumpIndex;
import io.autodump.core.port.SecretCatalog;
import io.autodump.core.schedule.DumpSchedule;
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
 * <p>Changes nothing. Thread-safe.
 */
public final class FindOverdueDumps {
    private final SecretCatalog catalog;
    private final List<DumpIndex> indexes;
    private final InstantSource clock;
    private final Duration margin;

    /**
     * Builds the use case from its ports.
     *
     * @param indexes all places that may contain dumps
     * @param margin how long a run may take until its dump is overdue; not negative
     */
    FindOverdueDumps(SecretCatalog catalog, List<DumpIndex> indexes, InstantSource clock, Duration margin) {
        this.catalog = catalog;
        this.indexes = List.copyOf(indexes);
        this.clock = clock;
        this.margin = margin;
        if (margin.isNegative()) {
            throw new IllegalArgumentException("margin must not be negative: " + margin);
        }
    }

    /**
     * Not API: {@link io.autodump.core.AutoDump#freshness} is.
     *
     * @param margin how long a run may take until its dump is overdue; not negative
     */
    public static FindOverdueDumps of(Ports ports, Duration margin) {
        return new FindOverdueDumps(ports.catalog(), ports.indexes(), ports.clock(), margin);
    }

    /** Checks all databases. Never throws for a listing or an index that fails: the report names it. */
    public FreshnessReport find() {
        Instant now = clock.instant();
        List<String> failures = new ArrayList<>();
        List<TaggedSecret> secrets = secrets(failures);
        NewestDumps dumps = NewestDumps.in(indexes, secrets);
        List<SecretFreshness> found =
                secrets.stream().map(secret -> freshness(secret, now, dumps)).toList();
        failures.addAll(dumps.failures());
        return new FreshnessReport(now, found, failures);
    }

    private List<TaggedSecret> secrets(List<String> failures) {
        List<TaggedSecret> secrets = new ArrayList<>();
        try (Stream<TaggedSecret> tagged = catalog.tagged()) {
            tagged.forEach(secrets::add);
        } catch (AutoDumpException brokenOff) {
            failures.add("the list of secrets isn't complete: " + brokenOff.report());
        }
        secrets.sort(Comparator.comparing(TaggedSecret::name));
        return secrets;
    }

    private SecretFreshness freshness(TaggedSecret secret, Instant now, NewestDumps dumps) {
        NewestDumps.Newest newest = dumps.of(secret);
        SecretFreshness.Builder freshness = SecretFreshness.builder()
                .secretId(secret.id())
                .secretName(secret.name())
                .newestDump(newest.scheduledAt());
        try {
            SecretTags tags = SecretTags.parse(secret.name(), secret.tags());
            Duration lateness = lateness(tags);
            Optional<Instant> due = due(secret, tags, now.minus(lateness));
            Status status = due.map(run -> status(run, newest)).orElse(Status.NOT_DUE);
            return freshness
                    .due(due)
                    .deadline(due.map(run -> run.plus(lateness)))
                    .status(status)
                    .build();
        } catch (InvalidInputException invalid) {
            return freshness.status(Status.UNKNOWN).problems(invalid.problems()).build();
        }
    }

    private Duration lateness(SecretTags tags) {
        return margin.plus(tags.settings().timeout().orElse(Duration.ZERO));
    }

    private static Optional<Instant> due(TaggedSecret secret, SecretTags tags, Instant ended) {
        Optional<DumpSchedule> schedule = tags.schedule().filter(DumpSchedule::enabled);
        Optional<Instant> newest = schedule.flatMap(runs -> runs.previous(secret.id(), ended));
        if (newest.filter(run -> isAfter(secret.changedAt(), run)).isEmpty()) {
            return newest;
        }
        return newest.flatMap(run -> schedule.flatMap(runs -> runs.previous(secret.id(), run.minusMillis(1))))
                .filter(run -> secret.createdAt().isPresent() && !isAfter(secret.createdAt(), run));
    }

    private static boolean isAfter(Optional<Instant> change, Instant run) {
        return change.filter(run::isBefore).isPresent();
    }

    private static Status status(Instant due, NewestDumps.Newest newest) {
        if (newest.scheduledAt().filter(dump -> !dump.isBefore(due)).isPresent()) {
            return Status.FRESH;
        }
        return newest.certain() ? Status.OVERDUE : Status.UNKNOWN;
    }
}
