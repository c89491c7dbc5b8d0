package io.autodump.cli.month;

import io.autodump.cli.month.MonthFaults.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** What must have happened by an instant, derived from the faults alone. */
final class MonthTruth {
    private static final Duration CATCH_UP = Duration.ofHours(6);
    private static final Duration MARGIN = Duration.ofHours(2);

    private final MonthFaults faults;
    private Optional<Instant> removed = Optional.empty();

    MonthTruth(MonthFaults faults) {
        this.faults = faults;
    }

    void removed(Instant run) {
        removed = Optional.of(run);
    }

    /** Each run that the store tells of, with the word of {@code autodump history}. A full disk takes no records. */
    NavigableMap<Instant, String> runs(MonthDatabase database, Instant now) {
        NavigableMap<Instant, String> told = ended(database, now);
        if (now.isBefore(faults.disk().to())) {
            told.keySet().removeIf(faults.disk()::isAt);
        }
        return told;
    }

    /** Each run that has ended. */
    NavigableMap<Instant, String> ended(MonthDatabase database, Instant now) {
        TreeMap<Instant, String> ended = new TreeMap<>();
        for (Instant run : database.runs(MonthFaults.BEGIN, now.plusNanos(1))) {
            boolean known =
                    !faults.off().isAt(run) || !now.isBefore(faults.off().to());
            if (known && !isRemoved(database, run)) {
                fate(database, run).ifPresent(word -> ended.put(run, word));
            }
        }
        return ended;
    }

    /** The same with the dump that was removed later. */
    NavigableMap<Instant, String> all(MonthDatabase database) {
        NavigableMap<Instant, String> ended = runs(database, MonthFaults.END);
        removed.filter(run -> database.name().equals(faults.removal().database()))
                .ifPresent(run -> ended.put(run, "made"));
        return ended;
    }

    private boolean isRemoved(MonthDatabase database, Instant run) {
        return database.name().equals(faults.removal().database())
                && removed.filter(run::equals).isPresent();
    }

    private Optional<String> fate(MonthDatabase database, Instant run) {
        Trouble off = faults.off();
        if (faults.pause().hits(database, run)) {
            return Optional.empty();
        }
        if (off.isAt(run)) {
            List<Instant> during = database.runs(off.from(), off.to());
            boolean late = Duration.between(run, off.to()).compareTo(CATCH_UP) >= 0;
            boolean newest = run.equals(during.get(during.size() - 1));
            return late ? Optional.of("missed") : Optional.of("made").filter(word -> newest);
        }
        boolean fails = faults.disk().isAt(run)
                || faults.password().hits(database, run)
                || faults.broken().hits(database, run);
        return Optional.of(fails ? "failed" : "made");
    }

    Optional<Instant> newestDump(MonthDatabase database, Instant now) {
        return runs(database, now).descendingMap().entrySet().stream()
                .filter(run -> run.getValue().equals("made"))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    boolean isPaused(MonthDatabase database, Instant now) {
        return faults.pause().hits(database, now);
    }

    /** Whether the dump of the run that must have ended by now is missing. A change of the tags forgives older runs. */
    boolean isWithoutDueDump(MonthDatabase database, Instant now) {
        return !isPaused(database, now) && lacks(database, now, now.minus(MARGIN));
    }

    private boolean lacks(MonthDatabase database, Instant now, Instant ended) {
        Instant changed = faults.pause().database().equals(database.name())
                        && !now.isBefore(faults.pause().to())
                ? faults.pause().to()
                : MonthFaults.BEGIN;
        List<Instant> due = changed.isAfter(ended) ? List.of() : database.runs(changed, ended.plusNanos(1));
        return !due.isEmpty()
                && newestDump(database, now)
                        .filter(dump -> !dump.isBefore(due.get(due.size() - 1)))
                        .isEmpty();
    }

    /** The word of {@code autodump status}. */
    String state(MonthDatabase database, Instant now) {
        if (isPaused(database, now)) {
            return "paused";
        }
        NavigableMap<Instant, String> runs = runs(database, now);
        Instant newest = newestDump(database, now).orElse(Instant.MIN);
        Optional<String> bad =
                runs.tailMap(newest, false).descendingMap().values().stream().findFirst();
        if (bad.equals(Optional.of("failed"))) {
            return "failing";
        } else if (isWithoutDueDump(database, now)) {
            return "overdue";
        } else if (newest.equals(Instant.MIN)) {
            return "unprotected";
        }
        return lacks(database, now, now) ? "late" : "fresh";
    }

    Optional<Instant> nextRun(MonthDatabase database, Instant now) {
        return isPaused(database, now)
                ? Optional.empty()
                : database.runs(now.plusNanos(1), now.plus(Duration.ofDays(9))).stream()
                        .findFirst();
    }
}
