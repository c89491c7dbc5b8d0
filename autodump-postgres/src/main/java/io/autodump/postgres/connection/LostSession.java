package io.autodump.postgres.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.postgresql.util.PSQLException;

/** What is known about a session that was lost. */
public final class LostSession {
    /** The server, an administrator or a limit of the server ended it (PostgreSQL manual, "PostgreSQL Error Codes"). */
    private static final String ENDED_BY_SERVER = "57P0";

    private static final String CONNECTION = "08";

    /** The server refused, or said what the driver doesn't understand. */
    private static final Set<String> OTHERS_OF_THE_CLASS = Set.of("08004", "08P01");

    /** A conflict on a standby, and the limits of a transaction. */
    private static final Set<String> ENDED_ITS_TRANSACTION = Set.of("40001", "25P03", "25P04");

    /** A server that is there answers at once. One behind a dead network never does. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private LostSession() {}

    /** Returns whether a statement failed because its session was lost. */
    public static boolean isMeantBy(SQLException failed) {
        String state = Optional.ofNullable(failed.getSQLState()).orElse("");
        return state.startsWith(ENDED_BY_SERVER)
                || (state.startsWith(CONNECTION) && !OTHERS_OF_THE_CLASS.contains(state));
    }

    /**
     * Asks an idle session what the server said when it ended it. The driver passes that on, other than for a session
     * that copies rows. Waits some seconds at most.
     *
     * @return nothing if the session lives or the server said nothing
     */
    public static Optional<String> lastWords(Connection session) {
        try {
            session.setNetworkTimeout(Runnable::run, Math.toIntExact(PATIENCE.toMillis()));
            try (Statement statement = session.createStatement()) {
                statement.execute("SELECT 1");
            }
            session.setNetworkTimeout(Runnable::run, 0);
            return Optional.empty();
        } catch (SQLException ended) {
            return lastWords(ended);
        }
    }

    /** Returns what the server said, if a session failed with its last words. */
    public static Optional<String> lastWords(Throwable failed) {
        return failed instanceof PSQLException ended && ended.getServerErrorMessage() != null && isEnd(ended)
                ? Optional.of(ServerReason.of(ended))
                : Optional.empty();
    }

    private static boolean isEnd(SQLException failed) {
        return isMeantBy(failed) || ENDED_ITS_TRANSACTION.contains(String.valueOf(failed.getSQLState()));
    }
}
