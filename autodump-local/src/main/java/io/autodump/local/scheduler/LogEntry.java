package io.autodump.local.scheduler;

import java.time.Instant;

/**
 * One entry of the scheduler's log.
 *
 * @param at the time, by the scheduler's clock
 * @param level how much it matters
 * @param secret the name of the secret that it concerns; empty if it concerns none
 * @param event one of a few fixed words, for programs: {@code scan}, {@code warning}, {@code next-run},
 *     {@code catch-up}, {@code started}, {@code succeeded}, {@code failed}, {@code retry}, {@code missed},
 *     {@code superseded}, {@code interrupted}, {@code trouble}, {@code daemon}, {@code suspicious}, {@code pruned},
 *     {@code prune-failed}, {@code waiting}, {@code notify-failed}, {@code drill}, {@code proven},
 *     {@code drill-failed}, {@code copied}, {@code copy-failed}
 * @param text a text of one or more lines for a person; never holds a secret's value
 * @param details what a program reads
 */
public record LogEntry(Instant at, Level level, String secret, String event, String text, LogDetails details) {
    /** An entry without details. */
    public LogEntry(Instant at, Level level, String secret, String event, String text) {
        this(at, level, secret, event, text, LogDetails.NONE);
    }

    /** How much an entry matters. */
    public enum Level {
        /** All is as it should be. */
        INFO,
        /** Look at it when there is time. */
        WARNING,
        /** Act now. */
        ERROR
    }
}
