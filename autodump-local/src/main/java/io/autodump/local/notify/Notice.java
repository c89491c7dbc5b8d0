package io.autodump.local.notify;

import java.time.Instant;

/**
 * One message. Contains no secret's value. Immutable.
 *
 * @param type what it is about
 * @param secretName the name of the secret
 * @param scheduledAt the instant for which the run was scheduled
 * @param repeated whether an earlier attempt at the same run failed for the same reason
 * @param title one line of plain text
 * @param text more, in plain text of several lines; may be empty
 * @param json the event, as {@code docs/events.md} describes it
 */
public record Notice(
        NoticeType type,
        String secretName,
        Instant scheduledAt,
        boolean repeated,
        String title,
        String text,
        String json) {

    /** Returns title and text, with a line break in between. */
    public String titleAndText() {
        return text.isEmpty() ? title : title + "\n" + text;
    }
}
