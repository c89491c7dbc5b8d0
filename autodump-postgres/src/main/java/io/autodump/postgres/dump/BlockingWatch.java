package io.autodump.postgres.dump;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.error.AutoDumpException;
import io.autodump.postgres.connection.DatabaseConnection;
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
 * Looks every few seconds whether other sessions wait for locks of a dump, and ends the dump once one has waited for
 * too long. It has a thread and a connection of its own, and connects at the first look, so that short dumps need none.
 * Where it can't connect, the dump goes on without it. Thread-safe.
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

    /** When each session that waits was first seen to wait, by its process; only the thread's own. */
    private final Map<Integer, Long> since = new HashMap<>();

    private BlockingWatch(DatabaseSecret database, String applicationName, Duration limit, Runnable end) {
        this.database = database;
        this.applicationName = applicationName;
        this.limit = limit;
        this.end = end;
    }

    /**
     * Begins to watch.
     *
     * @param applicationName of the dump's sessions
     * @param limit how long a session may wait
     * @param end called once, by the watch's own thread
     */
    static BlockingWatch start(DatabaseSecret database, String applicationName, Duration limit, Runnable end) {
        BlockingWatch watch = new BlockingWatch(database, applicationName, limit, end);
        Thread thread = new Thread(watch::watch, "autodump-blocking-watch");
        thread.setDaemon(true);
        thread.start();
        return watch;
    }

    /** Who waited for what, if the dump was ended for it. */
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
            Connection open =
                    connection == null ? DatabaseConnection.openBriefly(database, ANSWER_TIMEOUT) : connection;
            connection = open;
            judge(WaitingSession.behind(applicationName, open), System.nanoTime());
        } catch (SQLException | AutoDumpException unanswered) {
            // Who can't be seen to wait may still do so, and the next look may see it.
            disconnect();
        }
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
                // Nothing was open, then.
            }
        }
    }
}
