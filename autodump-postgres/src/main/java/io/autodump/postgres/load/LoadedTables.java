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
import java.sql.Statement;
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
import java.util.stream.Collectors;

/**
 * Gives the planner its statistics and counts rows, of each table as soon as it is restored, in a session of its own.
 * So a restore hardly takes longer than without. If the server has no session to spare, all of it waits for
 * {@link #finish}. Any thread may call any method.
 */
public final class LoadedTables implements LoadListener, AutoCloseable {
    private static final String END = "";
    private static final Comparator<String> BY_BYTES = Comparator.comparing(
            text -> text.getBytes(StandardCharsets.UTF_8), UnsignedBytes.lexicographicalComparator());

    private final PartLoading.Sessions sessions;
    private final int jobs;
    private final DumpProgress progress;
    private final BlockingQueue<String> loaded = new LinkedBlockingQueue<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final Thread thread = new Thread(this::followRestore, "autodump-loaded-tables");
    private final Set<Long> done = new HashSet<>();
    private final Map<TableName, Long> rows = new TreeMap<>();

    private record TableName(String schema, String table) implements Comparable<TableName> {
        @Override
        public int compareTo(TableName other) {
            int order = BY_BYTES.compare(schema, other.schema);
            return order == 0 ? BY_BYTES.compare(table, other.table) : order;
        }
    }

    private LoadedTables(PartLoading.Sessions sessions, int jobs, DumpProgress progress) {
        this.sessions = sessions;
        this.jobs = jobs;
        this.progress = progress;
        thread.setDaemon(true);
    }

    /**
     * Begins to wait for tables. Returns when the session is open, so that it doesn't compete with the restore's.
     *
     * @param sessions opens sessions without a time limit
     * @param jobs the number of sessions of the restore
     * @param progress gets the names of the tables
     */
    public static LoadedTables begin(PartLoading.Sessions sessions, int jobs, DumpProgress progress) {
        LoadedTables tables = new LoadedTables(sessions, jobs, progress);
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
     * Does what is missing, and returns the exact number of rows of all tables, in the order of their names' bytes.
     *
     * @throws SQLException if a table can't be read
     */
    public List<TableRows> finish() throws SQLException, InterruptedException {
        loaded.clear();
        loaded.add(END);
        thread.join();
        try (Connection session = sessions.open()) {
            List<RestoredRelation> missing = RestoredRelation.all(session).stream()
                    .filter(relation -> !isDone(relation))
                    .toList();
            Shares.of(missing, Math.max(2, jobs)).run(sessions, session, this::look);
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
            boolean spare = SessionBudget.hasRoomFor(session, jobs);
            begun.countDown();
            if (spare) {
                followRestore(session);
            }
        } catch (SQLException | RuntimeException | InterruptedException later) {
            // Nothing is lost: finish() looks at the tables that weren't looked at, and reports what fails again.
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
            look(session, RestoredRelation.named(session, names));
        }
    }

    private void look(Connection session, Collection<RestoredRelation> relations) throws SQLException {
        if (relations.isEmpty()) {
            return;
        }
        analyze(session, relations);
        long[] oids = relations.stream().mapToLong(RestoredRelation::oid).toArray();
        add(relations, TableRowCounts.count(session, oids));
    }

    /** Ignores a failure: the data is complete without ANALYZE, and autovacuum will run it too. */
    private static void analyze(Connection session, Collection<RestoredRelation> relations) {
        try (Statement statement = session.createStatement()) {
            statement.execute("SET statement_timeout = 0");
            statement.execute(
                    relations.stream().map(RestoredRelation::sql).collect(Collectors.joining(", ", "ANALYZE ", "")));
        } catch (SQLException later) {
            // See above.
        }
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
