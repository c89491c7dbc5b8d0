package io.autodump.postgres.load;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.error.AutoDumpException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says which rows are restored next: first those that no part holds, then the largest parts. Refused rows are put back.
 * They come again when there is nothing else to take and another table has been loaded meanwhile. At last each comes
 * alone, in {@code pg_dump}'s order of tables. If none is taken then, that is the end. Thread-safe.
 */
final class PartQueue {
    private static final long NEVER = -1;
    private static final int MOST_NAMED = 5;

    /**
     * Rows to restore.
     *
     * @param part empty for the rows that no part holds
     * @param table to which they belong; of those that no part holds, the refused ones
     * @param seen how often a table had been loaded when they were taken last
     */
    record Turn(Optional<DumpPart> part, String table, long seen) {
        private boolean isPartOf(String other) {
            return part.isPresent() && table.equals(other);
        }

        /** {@code pg_dump} sorts tables by schema and name. */
        private String order() {
            return table.replace("\".\"", "\0").replace("\"", "");
        }
    }

    private final Deque<Turn> waiting = new ArrayDeque<>();
    private final List<Turn> putBack = new ArrayList<>();
    private final Multiset<String> unfinished = HashMultiset.create();
    private long tables;
    private int running;
    private boolean alone;
    private boolean someLoaded;
    private boolean ended;
    private @Nullable RefusedRowsException refusal;
    private final Set<String> refused = new TreeSet<>();

    PartQueue(List<DumpPart> parts) {
        waiting.add(new Turn(Optional.empty(), "", NEVER));
        parts.stream()
                .sorted(Comparator.comparingLong(DumpPart::storedBytes).reversed())
                .map(part -> new Turn(Optional.of(part), part.table().orElseThrow(), NEVER))
                .forEach(waiting::add);
        parts.forEach(part -> part.table().ifPresent(unfinished::add));
    }

    /** Waits for the next turn; empty if there is none any more. Each turn ends with one of the methods below. */
    synchronized Optional<Turn> next() throws InterruptedException {
        while (!ended) {
            if (waiting.isEmpty()) {
                refill();
            }
            if (!waiting.isEmpty() && !(alone && running > 0)) {
                running++;
                Turn turn = waiting.remove();
                return Optional.of(new Turn(turn.part(), turn.table(), tables));
            }
            if (!ended) {
                wait();
            }
        }
        return Optional.empty();
    }

    /** Notes that rows are in the database. Returns whether they were the last ones of a part's table. */
    synchronized boolean loaded(Turn turn) {
        boolean complete = turn.part().isPresent() && unfinished.remove(turn.table(), 1) == 1;
        if (complete || turn.part().isEmpty()) {
            tables++;
        }
        someLoaded = true;
        release();
        return complete;
    }

    /** Puts rows back, and with them what waits of their table: it would most likely be refused too. */
    synchronized void refused(Turn turn, RefusedRowsException failure) {
        if (failure.isAfterSome()) {
            tables++;
            someLoaded = true;
        }
        if (alone) {
            refusal = refusal == null ? failure : refusal;
            refused.add(failure.table());
        }
        long seen = failure.isAfterSome() ? tables : turn.seen();
        putBack.add(new Turn(turn.part(), failure.table(), seen));
        if (turn.part().isPresent() && !failure.isByForeignKey()) {
            move(waiting.iterator(), other -> other.isPartOf(turn.table()))
                    .forEach(other -> putBack.add(new Turn(other.part(), other.table(), seen)));
        }
        release();
    }

    /** Gives out no more turns. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Why it ended, if rows were refused to the end. */
    synchronized Optional<AutoDumpException> refusal() {
        return Optional.ofNullable(refusal).map(this::withOthers);
    }

    private void release() {
        running--;
        notifyAll();
    }

    private void refill() {
        if (!alone) {
            takeBack();
        }
        if (!waiting.isEmpty() || running > 0) {
            return;
        }
        if (putBack.isEmpty() || (alone && !someLoaded)) {
            end();
        } else if (alone) {
            alone = false;
            tables++;
            forgetRefusals();
            takeBack();
        } else {
            alone = true;
            someLoaded = false;
            waiting.addAll(putBack.stream()
                    .sorted(Comparator.comparing(Turn::order)
                            .thenComparing(
                                    turn -> turn.part().map(DumpPart::name).orElse("")))
                    .toList());
            putBack.clear();
        }
    }

    private void takeBack() {
        waiting.addAll(move(putBack.iterator(), turn -> turn.seen() < tables));
    }

    private static List<Turn> move(Iterator<Turn> from, Predicate<Turn> chosen) {
        List<Turn> moved = new ArrayList<>();
        while (from.hasNext()) {
            Turn turn = from.next();
            if (chosen.test(turn)) {
                moved.add(turn);
                from.remove();
            }
        }
        return moved;
    }

    private void forgetRefusals() {
        refusal = null;
        refused.clear();
    }

    private AutoDumpException withOthers(RefusedRowsException first) {
        String others = refused.stream()
                .filter(table -> !table.equals(first.table()))
                .limit(MOST_NAMED)
                .collect(Collectors.joining(", "));
        return others.isEmpty()
                ? first
                : new AutoDumpException(
                        first.code(),
                        first.description() + "; rows of these tables are refused too: " + others,
                        first.hint().orElse(null),
                        first);
    }
}
