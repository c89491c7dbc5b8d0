package io.autodump.local.scheduler;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Adds the time to log entries, and doesn't repeat what stays the same from round to round. Thread-safe. */
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

    void info(String secret, String event, String text, LogDetails details) {
        write(LogEntry.Level.INFO, secret, event, text, details);
    }

    void error(String secret, String event, String text, LogDetails details) {
        write(LogEntry.Level.ERROR, secret, event, text, details);
    }

    void warning(String secret, String event, String text) {
        write(LogEntry.Level.WARNING, secret, event, text);
    }

    void error(String secret, String event, String text) {
        write(LogEntry.Level.ERROR, secret, event, text);
    }

    /** Writes an entry unless the last one on this topic had the same text. */
    void onChange(String topic, LogEntry.Level level, String secret, String event, String text) {
        if (!text.equals(last.put(topic, text))) {
            write(level, secret, event, text);
        }
    }

    /** Ends a topic, so that its next entry is written in any case. */
    void settled(String topic) {
        last.remove(topic);
    }

    private void write(LogEntry.Level level, String secret, String event, String text) {
        write(level, secret, event, text, LogDetails.NONE);
    }

    private void write(LogEntry.Level level, String secret, String event, String text, LogDetails details) {
        log.write(new LogEntry(clock.instant(), level, secret, event, text, details));
    }
}
