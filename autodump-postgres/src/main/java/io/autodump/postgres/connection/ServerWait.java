package io.autodump.postgres.connection;

import io.autodump.core.database.DatabaseSecret;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The wait for a server that doesn't let the user in yet. Logs once that it waits and for how long, if that takes
 * longer than some seconds.
 */
final class ServerWait implements AutoCloseable {
    private static final Logger LOG = System.getLogger(DatabaseConnection.LOG_NAME);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final String CANNOT_CONNECT_NOW = "57P03";

    /** A standby that takes no queries, and a server that shuts down, say other things. */
    private static final Pattern STARTING =
            Pattern.compile("is starting up|in recovery mode|not yet accepting connections");

    private final long began = System.nanoTime();
    private final Duration limit;
    private final CompletableFuture<Void> message;

    private ServerWait(DatabaseSecret database, Duration limit) {
        this.limit = limit;
        this.message = CompletableFuture.runAsync(
                () -> say(database),
                CompletableFuture.delayedExecutor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS, Runnable::run));
    }

    /** Begins to wait, until the limit. */
    static ServerWait begin(DatabaseSecret database, Duration limit) {
        return new ServerWait(database, limit);
    }

    private void say(DatabaseSecret database) {
        LOG.log(
                Level.INFO,
                "waiting up to {0} seconds for the server at {1}:{2}: it hasn''t let the user in yet. A server that"
                        + " starts, or a paused Aurora Serverless, needs up to a minute",
                String.valueOf(limit.toSeconds()),
                database.host(),
                String.valueOf(database.port()));
    }

    /**
     * Returns whether the server is starting and there is time left. Has paused then.
     *
     * @return false also if the thread is interrupted
     */
    boolean isWorthwhile(SQLException refused) {
        boolean starting = CANNOT_CONNECT_NOW.equals(refused.getSQLState())
                && STARTING.matcher(String.valueOf(refused.getMessage())).find();
        if (!starting || System.nanoTime() - began + PAUSE.toNanos() > limit.toNanos()) {
            return false;
        }
        try {
            Thread.sleep(PAUSE.toMillis());
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        message.cancel(false);
    }
}
