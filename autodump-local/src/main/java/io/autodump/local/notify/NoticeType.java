package io.autodump.local.notify;

import java.util.Locale;
import java.util.Set;

/** What a notice is about. */
public enum NoticeType {
    /** An attempt at a run begins. */
    STARTED,
    /** A dump was made. */
    SUCCEEDED,
    /** A dump was made, with warnings, or it is suspicious. */
    WARNED,
    /** An attempt at a run failed. */
    FAILED,
    /** A run wasn't made, and its catch-up window is over. */
    MISSED,
    /** There is no dump of a run that must have ended by now. */
    OVERDUE,
    /** There is a dump again. */
    RECOVERED,
    /** A person tries the channel. */
    TEST;

    /** The outcomes that a channel is told of unless it chooses others: all that a person wants to know. */
    public static final Set<NoticeType> USUAL = Set.of(WARNED, FAILED, MISSED, OVERDUE, RECOVERED);

    /** The outcomes that a channel can choose. */
    public static final Set<NoticeType> OUTCOMES = Set.of(SUCCEEDED, WARNED, FAILED, MISSED, OVERDUE, RECOVERED);

    /** Returns the word for people and programs, for example {@code failed}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
