package io.autodump.postgres.dump;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.error.AutoDumpException;
import io.autodump.postgres.connection.DatabaseConnection;
import io.autodump.postgres.connection.OwnSession;
import io.autodump.postgres.server.WaitingSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Checks every few seconds whether other sessions wait for locks of a dump, and stops the dump if one has waited too
 * long. Has its own thread and its own connection. Connects at the first check, so short dumps need none. If it can't
 * connect, the dump continues without it. Thread-safe.
 */
final class BlockingWatch implements AutoCloseable {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
    private static final int LOOKS = 4;
    private static final int NAMED = 3;

    private final DatabaseSecret database;
    private final String applicationName;
    private final Duration limit;
    private final Runnable end;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Optional<String> verdict = Optional.empty();
    private @Nullable Connection connection;

    /** When each waiting session was first seen, by its process id. Used by the watch's own thread only. */
    private final Map<Integer, Long> since = new HashMap<>();

    private BlockingWatch(DatabaseSecret database, String applicationName, Duration limit, Runnable end) {
        this.database = database;
        this.applicationName = applicationName;
        this.limit = limit;
        this.end = end;
    }

    /**
     * Starts watching.
     *
     * @param applicationName the application name of the dump's sessions
     * @param limit how long a session may wait
     * @param end stops the dump; called once, by the watch's own thread
     */
    static BlockingWatch start(DatabaseSecret database, String applicationName, Duration limit, Runnable end) {
        BlockingWatch watch = new BlockingWatch(database, applicationName, limit, end);
        Thread thread = new Thread(watch::watch, "autodump-blocking-watch");
        thread.setDaemon(true);
        thread.start();
        return watch;
    }

    /** Returns which session waited for what, if the dump was stopped because of it. */
    Optional<String> verdict() {
        return verdict;
    }

    /** Ends the watch, without waiting for it. */
    @Override
    public void close() {
        closed.countDown();
    }

    private void watch() {
        try {
            while (!closed.await(pauseMillis(), TimeUnit.MILLISECONDS)) {
                look();
                if (verdict.isPresent()) {
                    end.run();
                    return;
                }
            }
        } catch (InterruptedException nobodyDoesThat) {
            Thread.currentThread().interrupt();
        } finally {
            disconnect();
        }
    }

    private long pauseMillis() {
        return Math.min(limit.toMillis() / LOOKS, LONGEST_PAUSE.toMillis());
    }

    private void look() {
        try {
            Connection open = connection == null ? connect() : connection;
            judge(WaitingSession.behind(applicationName, open), System.nanoTime());
        } catch (SQLException | AutoDumpException unanswered) {
            // Try again at the next check.
            disconnect();
        }
    }

    private Connection connect() throws SQLException {
        Connection opened = DatabaseConnection.openBriefly(database, ANSWER_TIMEOUT);
        connection = opened;
        OwnSession.prepare(opened);
        return opened;
    }

    private void judge(List<WaitingSession> waiting, long now) {
        since.keySet().retainAll(waiting.stream().map(WaitingSession::pid).toList());
        waiting.forEach(session -> since.putIfAbsent(session.pid(), now));
        if (since.values().stream().anyMatch(first -> now - first >= limit.toNanos())) {
            List<String> named = waiting.stream()
                    .map(WaitingSession::description)
                    .limit(NAMED)
                    .toList();
            int more = waiting.size() - named.size();
            verdict = Optional.of(String.join(", ", named) + (more > 0 ? " and " + more + " more" : ""));
        }
    }

    private void disconnect() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException alreadyGone) {
                // Nothing was open then.
            }
        }
    }
}
