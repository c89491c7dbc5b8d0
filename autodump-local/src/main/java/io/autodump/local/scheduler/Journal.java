package io.autodump.local.scheduler;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Writes the log: with the clock's time, and what stays the same from scan to scan only once. Thread-safe. */
final class Journal {
    private final SchedulerLog log;
    private final InstantSource clock;
    private final Map<String, String> last = new ConcurrentHashMap<>();

    Journal(SchedulerLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    void info(String secret, String event, String text) {
        write(LogEntry.Level.INFO, secret, event, text);
    }

    void warning(String secret, String event, String text) {
        write(LogEntry.Level.WARNING, secret, event, text);
    }

    void error(String secret, String event, String text) {
        write(LogEntry.Level.ERROR, secret, event, text);
    }

    /** Writes it unless it is what was last written about the same topic. */
    void onChange(String topic, LogEntry.Level level, String secret, String event, String text) {
        if (!text.equals(last.put(topic, text))) {
            write(level, secret, event, text);
        }
    }

    /** The topic is settled; whatever is next said about it is news. */
    void settled(String topic) {
        last.remove(topic);
    }

    private void write(LogEntry.Level level, String secret, String event, String text) {
        log.write(new LogEntry(clock.instant(), level, secret, event, text));
    }
}
