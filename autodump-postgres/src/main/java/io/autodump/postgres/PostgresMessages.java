package io.autodump.postgres;

import io.autodump.postgres.connection.DatabaseConnection;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * The engine's messages while something takes longer than usual: it waits for a server that starts, or tries a dump
 * again because another session dropped a table. The engine logs them with {@link System.Logger} as {@code
 * io.autodump.postgres}, at level INFO. A program that configures its logging needs nothing from here. Thread-safe.
 */
public final class PostgresMessages {
    /** Kept here, because the logging system alone would forget it. */
    private static final Logger LOGGER = Logger.getLogger(DatabaseConnection.LOG_NAME);

    private static Optional<Handler> current = Optional.empty();

    private PostgresMessages() {}

    /**
     * Passes the messages of all engines of this JVM to a listener, instead of to the handlers of {@code
     * java.util.logging}. A later call replaces the listener.
     *
     * @param listener takes one message per call, from any thread; must be quick and must not throw
     */
    public static synchronized void passTo(Consumer<String> listener) {
        current.ifPresent(LOGGER::removeHandler);
        Handler handler = new Listener(listener);
        LOGGER.addHandler(handler);
        LOGGER.setUseParentHandlers(false);
        current = Optional.of(handler);
    }

    private static final class Listener extends Handler {
        private final Consumer<String> listener;
        private final SimpleFormatter formatter = new SimpleFormatter();

        Listener(Consumer<String> listener) {
            this.listener = listener;
        }

        @Override
        public void publish(LogRecord entry) {
            if (isLoggable(entry)) {
                listener.accept(formatter.formatMessage(entry));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
