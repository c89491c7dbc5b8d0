package io.autodump.postgres.load;

import io.autodump.core.error.AutoDumpException;
import io.autodump.postgres.connection.ServerReason;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The statistics from which the planner chooses plans. A restored database lacks them before PostgreSQL 18. */
public final class PlannerStatistics {
    /**
     * Of tables without statistics: whether autovacuum runs, and how many it gathers and doesn't. Tables of one page
     * are left out: plans don't depend on what they hold, and autovacuum leaves alone what has up to 50 rows.
     */
    private static final String MISSING = """
            SELECT pg_catalog.current_setting('autovacuum')::boolean
                       AND pg_catalog.current_setting('track_counts')::boolean,
                   pg_catalog.count(*) FILTER (WHERE automatic), pg_catalog.count(*) FILTER (WHERE NOT automatic)
              FROM (SELECT c.relkind <> 'p'
                           AND coalesce((SELECT o.option_value::boolean
                                           FROM pg_catalog.pg_options_to_table(c.reloptions) o
                                          WHERE o.option_name = 'autovacuum_enabled'), true) AS automatic
                      FROM pg_catalog.pg_class c
                      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                     WHERE c.relkind IN ('r', 'p', 'm') AND c.relpersistence <> 't'
                       AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
                       AND (c.relkind = 'p' OR pg_catalog.pg_relation_size(c.oid)
                                               > pg_catalog.current_setting('block_size')::bigint)
                       AND NOT EXISTS (SELECT FROM pg_catalog.pg_stats s
                                        WHERE s.schemaname = n.nspname AND s.tablename = c.relname)) tables""";

    private PlannerStatistics() {}

    /**
     * Gathers those of every table, in several sessions. Indexes on expressions and statistics objects must be there.
     *
     * @param sessions opens sessions without a time limit
     * @param jobs the number of sessions
     * @return what failed, a sentence each: the data is complete without statistics
     */
    public static List<String> gather(PartLoading.Sessions sessions, int jobs) throws InterruptedException {
        try (Connection session = sessions.open()) {
            Shares.of(RestoredRelation.all(session), jobs).run(sessions, session, PlannerStatistics::analyze);
            return List.of();
        } catch (SQLException | AutoDumpException failed) {
            return List.of("the planner's statistics couldn't be gathered: " + ServerReason.of(failed)
                    + "; run ANALYZE as the owner of the tables");
        }
    }

    private static void analyze(Connection session, Collection<RestoredRelation> relations) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(
                    relations.stream().map(RestoredRelation::sql).collect(Collectors.joining(", ", "ANALYZE ", "")));
        }
    }

    /** Says which are missing, and who gathers them, a sentence each. */
    public static List<String> missing(PartLoading.Sessions sessions) {
        try (Connection session = sessions.open();
                Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(MISSING)) {
            row.next();
            boolean autovacuum = row.getBoolean(1);
            long automatic = autovacuum ? row.getLong(2) : 0;
            long others = row.getLong(3) + (autovacuum ? 0 : row.getLong(2));
            return sentences(automatic, others);
        } catch (SQLException | AutoDumpException unknown) {
            return List.of("the planner may lack statistics; run ANALYZE");
        }
    }

    private static List<String> sentences(long automatic, long others) {
        List<String> sentences = new ArrayList<>();
        if (automatic > 0) {
            sentences.add("autovacuum gathers the planner's statistics of " + tables(automatic)
                    + " within some minutes; ANALYZE gathers them at once");
        }
        if (others > 0) {
            sentences.add("autovacuum doesn't gather the planner's statistics of " + tables(others)
                    + ", which are partitioned or for which it is off; run ANALYZE");
        }
        return sentences;
    }

    private static String tables(long number) {
        return number == 1 ? "1 table" : number + " tables";
    }
}
