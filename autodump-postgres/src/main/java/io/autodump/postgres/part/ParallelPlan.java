package io.autodump.postgres.part;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpSettings;
import io.autodump.postgres.connection.DatabaseConnection;
import io.autodump.postgres.connection.OwnSession;
import io.autodump.postgres.server.DumpScope;
import io.autodump.process.ProcessLimits;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How many sessions read a database. Immutable.
 *
 * @param jobs 1 for one archive, without parts
 * @param sizes how large parts are
 * @param warning why there are fewer than were asked for
 */
public record ParallelPlan(int jobs, TablePartSizes sizes, Optional<String> warning) {
    /** Looks at the server, unless one session is enough anyway. */
    public static ParallelPlan of(
            DatabaseSecret database, DumpSettings settings, int jobs, TablePartSizes sizes, ProcessLimits limits)
            throws SQLException {
        if (jobs == 1 || settings.format() != DumpFormat.CUSTOM) {
            return new ParallelPlan(1, sizes, Optional.empty());
        }
        try (Connection connection = DatabaseConnection.open(database, limits.stallTimeout())) {
            connection.setReadOnly(true);
            OwnSession.prepare(connection);
            return of(connection, settings, jobs, sizes, limits.lockWaitTimeout());
        }
    }

    private static ParallelPlan of(
            Connection connection, DumpSettings settings, int jobs, TablePartSizes sizes, Duration lockWait)
            throws SQLException {
        int possible = SessionBudget.readers(connection, jobs);
        ParallelPlan plan = new ParallelPlan(possible, sizes, warning(jobs, possible));
        return plan.tables(connection, settings, lockWait).isEmpty()
                ? new ParallelPlan(1, sizes, plan.warning())
                : plan;
    }

    private static Optional<String> warning(int jobs, int possible) {
        return possible == jobs
                ? Optional.empty()
                : Optional.of("the database was read in " + possible + (possible == 1 ? " session" : " sessions")
                        + " instead of " + jobs + ": the server has no more left (max_connections, or CONNECTION LIMIT"
                        + " of the role or the database)");
    }

    /** Whether the rows of some tables are read in sessions of their own. */
    public boolean isParallel() {
        return jobs > 1;
    }

    /**
     * Returns the tables whose rows are dumped in parts, largest first.
     *
     * @param lockWait how long to wait for tables that another session has locked
     */
    public List<LargeTable> tables(Connection connection, DumpSettings settings, Duration lockWait)
            throws SQLException {
        limitLockWait(connection, lockWait);
        return new LargeTables(new DumpScope(settings), sizes, jobs).find(connection);
    }

    private static void limitLockWait(Connection connection, Duration limit) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = " + limit.toMillis());
        }
    }

    /**
     * Locks the tables against changes of their definition and against {@code TRUNCATE}, which a snapshot doesn't hide.
     * Must be the first statement of a transaction.
     *
     * @throws TableVanishedException if a table was dropped or renamed meanwhile
     * @throws TableLockedException for a deadlock
     */
    public static void lock(Connection connection, List<LargeTable> tables) throws SQLException {
        lock(connection, tables, "");
    }

    /** As above, and doesn't wait. */
    static void lockAtOnce(Connection connection, List<LargeTable> tables) throws SQLException {
        lock(connection, tables, " NOWAIT");
    }

    private static void lock(Connection connection, List<LargeTable> tables, String wait) throws SQLException {
        if (tables.isEmpty()) {
            return;
        }
        String all = tables.stream().map(table -> "ONLY " + table.quoted()).collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE " + all + " IN ACCESS SHARE MODE" + wait);
        } catch (SQLException refused) {
            String state = String.valueOf(refused.getSQLState());
            if (state.equals("42P01") || state.equals("3F000")) {
                throw new TableVanishedException(refused);
            }
            if (state.equals("40P01") || (state.equals("55P03") && !wait.isEmpty())) {
                throw new TableLockedException(refused);
            }
            throw refused;
        }
    }

    /** How many sessions read beside {@code pg_dump}: not more than there will be parts. */
    public int readers(List<LargeTable> tables) {
        long bytes =
                sizes.partBytes(tables.stream().mapToLong(LargeTable::bytes).sum(), jobs);
        int parts = tables.stream()
                .mapToInt(table -> PartCutting.cut(table, List.of(), bytes).size())
                .sum();
        return Math.min(jobs - 1, parts);
    }

    /** Cuts locked tables into parts, in the order in which they are to be read. */
    public List<TablePart> cut(Connection connection, List<LargeTable> tables) throws SQLException {
        return new PartCutting(connection, sizes, jobs).of(tables);
    }
}
