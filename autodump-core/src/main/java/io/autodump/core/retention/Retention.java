package io.autodump.core.retention;

import io.autodump.core.retention.RetainedDump.Trait;
import io.autodump.core.retention.RetentionPolicy.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Decides which dumps of one database are deleted. A pure function of the dumps, the policy, the time zone and the
 * current time.
 *
 * <p>A policy keeps dumps: {@code last=N} the newest N, and {@code daily=N} the newest dump of each of the newest N
 * days that have one; hours, ISO weeks, months and years work the same way. Days begin in the time zone of the secret.
 * A dump that no part of the policy keeps is deleted, unless a rule protects it. These are never deleted:
 *
 * <ul>
 *   <li>all dumps, if the policy has no counts
 *   <li>all dumps, if the database is overdue, or if its newest dump is suspicious or unreadable
 *   <li>the only dump that can be read, the newest good one, and the newest one that a restore has proven
 *   <li>a dump that is younger than a day, that is locked, or whose manifest can't be read
 *   <li>a dump of an instant that is more than a day ahead: a wrong clock named it. It takes no other dump's place
 * </ul>
 */
public final class Retention {
    /** Younger dumps are never deleted: 1 day. */
    public static final Duration LEAST_AGE = Duration.ofDays(1);

    private static final Comparator<RetainedDump> NEWEST_FIRST = Comparator.comparing(RetainedDump::scheduledAt)
            .thenComparing(RetainedDump::key)
            .reversed();

    private final List<RetainedDump> dumps;
    private final ZoneId zone;
    private final Map<RetainedDump, String> kept = new HashMap<>();

    private Retention(List<RetainedDump> dumps, ZoneId zone) {
        this.dumps = dumps;
        this.zone = zone;
    }

    /**
     * Decides about each dump of one database, newest first.
     *
     * @param dumps all dumps of the database, in any order; also those that can't be read
     * @param policy which dumps are kept
     * @param zone where days, weeks, months and years begin
     * @param now the current time
     * @param overdue whether the database lacks a dump that it should have by now
     */
    public static List<RetentionDecision> decide(
            Collection<RetainedDump> dumps, RetentionPolicy policy, ZoneId zone, Instant now, boolean overdue) {
        Instant ahead = now.plus(LEAST_AGE);
        Stream<RetentionDecision> misnamed = dumps.stream()
                .filter(dump -> dump.scheduledAt().isAfter(ahead))
                .sorted(NEWEST_FIRST)
                .map(dump -> new RetentionDecision(dump, false, "named for an instant that hasn't come"));
        List<RetainedDump> newestFirst = dumps.stream()
                .filter(dump -> !dump.scheduledAt().isAfter(ahead))
                .sorted(NEWEST_FIRST)
                .toList();
        return Stream.concat(misnamed, decideKnown(newestFirst, policy, zone, now, overdue).stream())
                .toList();
    }

    private static List<RetentionDecision> decideKnown(
            List<RetainedDump> newestFirst, RetentionPolicy policy, ZoneId zone, Instant now, boolean overdue) {
        Optional<String> frozen = frozen(newestFirst, policy, overdue);
        if (frozen.isPresent()) {
            return newestFirst.stream()
                    .map(dump -> new RetentionDecision(dump, false, frozen.get()))
                    .toList();
        }
        return new Retention(newestFirst, zone).decide(policy, now);
    }

    /** Returns why nothing is deleted; empty if something may be. */
    private static Optional<String> frozen(List<RetainedDump> newestFirst, RetentionPolicy policy, boolean overdue) {
        if (policy.counts().isEmpty()) {
            return Optional.of("no autodump:retention");
        }
        if (overdue) {
            return Optional.of("nothing is deleted while the database is overdue");
        }
        return newestFirst.stream().findFirst().flatMap(newest -> {
            if (newest.is(Trait.UNREADABLE)) {
                return Optional.of("nothing is deleted while the newest manifest can't be read");
            }
            return newest.is(Trait.SUSPICIOUS)
                    ? Optional.of("nothing is deleted while the newest dump is suspicious")
                    : Optional.empty();
        });
    }

    private List<RetentionDecision> decide(RetentionPolicy policy, Instant now) {
        protect(now);
        new TreeMap<>(policy.counts()).forEach(this::keep);
        return dumps.stream()
                .map(dump -> Optional.ofNullable(kept.get(dump))
                        .map(reason -> new RetentionDecision(dump, false, reason))
                        .orElseGet(() -> new RetentionDecision(dump, true, "not in " + policy)))
                .toList();
    }

    private void protect(Instant now) {
        Instant young = now.minus(LEAST_AGE);
        List<RetainedDump> readable =
                dumps.stream().filter(dump -> !dump.is(Trait.UNREADABLE)).toList();
        if (readable.size() == 1) {
            keep(readable.get(0), "the only dump");
        }
        newest(RetainedDump::isGood).ifPresent(dump -> keep(dump, "the newest good dump"));
        newest(dump -> dump.is(Trait.PROVEN)).ifPresent(dump -> keep(dump, "the newest proven dump"));
        for (RetainedDump dump : dumps) {
            if (dump.is(Trait.UNREADABLE)) {
                keep(dump, "its manifest can't be read");
            }
            if (dump.is(Trait.LOCKED)) {
                keep(dump, "locked");
            }
            if (dump.scheduledAt().isAfter(young) || dump.finishedAt().isAfter(young)) {
                keep(dump, "younger than a day");
            }
        }
    }

    private Optional<RetainedDump> newest(Predicate<RetainedDump> wanted) {
        return dumps.stream().filter(wanted).findFirst();
    }

    /** Keeps the newest dump of each of the newest periods. A dump that can't be read takes no place. */
    private void keep(Period period, int count) {
        Set<Object> seen = new HashSet<>();
        for (RetainedDump dump : dumps) {
            if (seen.size() < count && !dump.is(Trait.UNREADABLE) && seen.add(periodOf(period, dump))) {
                keep(dump, period.text() + " " + seen.size() + " of " + count);
            }
        }
    }

    private void keep(RetainedDump dump, String reason) {
        kept.merge(dump, reason, (first, second) -> first + ", " + second);
    }

    private Object periodOf(Period period, RetainedDump dump) {
        ZonedDateTime local = dump.scheduledAt().atZone(zone);
        return switch (period) {
            case LAST -> dump;
            case HOURLY -> local.truncatedTo(ChronoUnit.HOURS).toOffsetDateTime();
            case DAILY -> local.toLocalDate();
            case WEEKLY -> List.of(local.get(IsoFields.WEEK_BASED_YEAR), local.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case MONTHLY -> YearMonth.from(local);
            case YEARLY -> local.getYear();
        };
    }
}
