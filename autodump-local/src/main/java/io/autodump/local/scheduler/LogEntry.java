package io.autodump.local.scheduler;

import java.time.Instant;

/**
 * One thing that the daemon tells.
 *
 * @param at when, by the daemon's clock
 * @param level how much it matters
 * @param secret the name of the secret it is about; empty if it is about none
 * @param event one of a few fixed words, for programs: {@code scan}, {@code warning}, {@code next-run}, {@code catch-up},
 *     {@code started}, {@code succeeded}, {@code failed}, {@code retry}, {@code missed}, {@code superseded},
 *     {@code interrupted}, {@code trouble}, {@code daemon}
 * @param text for a person; may have several lines; never holds a secret's value
 */
public record LogEntry(Instant at, Level level, String secret, String event, String text) {
    /** How much an entry matters. */
    public enum Level {
        INFO,
        /** Somebody should look at it some day. */
        WARNING,
        /** Somebody must act. */
        ERROR
    }
}
