package io.autodump.postgres.load;

import com.google.common.primitives.UnsignedBytes;
import io.autodump.core.dump.TableRows;
import io.autodump.core.internal.Uninterrupted;
import io.autodump.core.port.DumpProgress;
import io.autodump.postgres.part.SessionBudget;
import io.autodump.postgres.server.TableRowCounts;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Counts the rows of each table as soon as it is restored, in a session of its own. If the server has no session to
 * spare, all of it waits for {@link #finish}. Any thread may call any method.
 */
public final class CountedTables implements LoadListener, AutoCloseable {
    private static final String END = "";
    private static final Comparator<String> BY_BYTES = Comparator.comparing(
            text -> text.getBytes(StandardCharsets.UTF_8), UnsignedBytes.lexicographicalComparator());

    private final PartLoading.Sessions sessions;
    private final int jobs;
    private final boolean counting;
    private final DumpProgress progress;
    private final BlockingQueue<String> loaded = new LinkedBlockingQueue<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final Thread thread = new Thread(this::followRestore, "autodump-counted-tables");
    private final Set<Long> done = new HashSet<>();
    private final Map<TableName, Long> rows = new TreeMap<>();

    private record TableName(String schema, String table) implements Comparable<TableName> {
        @Override
        public int compareTo(TableName other) {
            int order = BY_BYTES.compare(schema, other.schema);
            return order == 0 ? BY_BYTES.compare(table, other.table) : order;
        }
    }

    private CountedTables(PartLoading.Sessions sessions, int jobs, boolean counting, DumpProgress progress) {
        this.sessions = sessions;
        this.jobs = jobs;
        this.counting = counting;
        this.progress = progress;
        thread.setDaemon(true);
    }

    /**
     * Counts nothing.
     *
     * @param progress gets the names of the tables
     */
    public static CountedTables none(PartLoading.Sessions sessions, DumpProgress progress) {
        return new CountedTables(sessions, 0, false, progress);
    }

    /**
     * Begins to wait for tables. Returns when the session is open, or closed again because the restore needs it: it
     * doesn't compete with the restore's.
     *
     * @param sessions opens sessions without a time limit
     * @param jobs the number of sessions of the restore
     * @param progress gets the names of the tables
     */
    public static CountedTables begin(PartLoading.Sessions sessions, int jobs, DumpProgress progress) {
        CountedTables tables = new CountedTables(sessions, jobs, true, progress);
        tables.thread.start();
        try {
            tables.begun.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return tables;
    }

    @Override
    public void begins(String table) {
        progress.table(table);
    }

    @Override
    public void loaded(String table) {
        loaded.add(table);
    }

    /**
     * Counts what is missing, and returns the exact number of rows of all tables, in the order of their names' bytes.
     *
     * @throws SQLException if a table can't be read
     */
    public List<TableRows> finish() throws SQLException, InterruptedException {
        if (!counting) {
            return List.of();
        }
        loaded.clear();
        loaded.add(END);
        thread.join();
        try (Connection session = sessions.open()) {
            List<RestoredRelation> missing = RestoredRelation.all(session).stream()
                    .filter(relation -> !isDone(relation))
                    .toList();
            Shares.of(missing, Math.max(2, jobs)).run(sessions, session, this::count);
        }
        return counted();
    }

    /** Ends the session. */
    @Override
    public void close() {
        thread.interrupt();
        Uninterrupted.run(() -> {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void followRestore() {
        try (Connection session = sessions.open()) {
            if (SessionBudget.hasRoomFor(session, jobs)) {
                begun.countDown();
                followRestore(session);
            }
        } catch (SQLException | RuntimeException | InterruptedException later) {
            // Nothing is lost: finish() counts what wasn't counted, and reports what fails again.
        } finally {
            begun.countDown();
        }
    }

    private void followRestore(Connection session) throws SQLException, InterruptedException {
        List<String> names = new ArrayList<>();
        while (!names.contains(END)) {
            names.clear();
            names.add(loaded.take());
            loaded.drainTo(names);
            count(session, RestoredRelation.named(session, names));
        }
    }

    private void count(Connection session, Collection<RestoredRelation> relations) throws SQLException {
        if (relations.isEmpty()) {
            return;
        }
        long[] oids = relations.stream().mapToLong(RestoredRelation::oid).toArray();
        add(relations, TableRowCounts.count(session, oids));
    }

    private synchronized void add(Collection<RestoredRelation> relations, List<TableRows> counts) {
        relations.forEach(relation -> done.add(relation.oid()));
        counts.forEach(count -> rows.merge(new TableName(count.schema(), count.table()), count.rows(), Long::sum));
    }

    private synchronized boolean isDone(RestoredRelation relation) {
        return done.contains(relation.oid());
    }

    private synchronized List<TableRows> counted() {
        return rows.entrySet().stream()
                .map(table ->
                        new TableRows(table.getKey().schema(), table.getKey().table(), table.getValue()))
                .toList();
    }
}
