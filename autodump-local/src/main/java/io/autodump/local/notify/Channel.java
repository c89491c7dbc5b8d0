package io.autodump.local.notify;

import java.time.Duration;

/**
 * Delivers notices to one receiver. {@link Notifier} calls it from one thread at a time, and repeats what failed.
 */
public interface Channel {
    /** How long one attempt may take: 20 seconds. */
    Duration LONGEST_ATTEMPT = Duration.ofSeconds(20);

    /**
     * Delivers a notice, within about {@link #LONGEST_ATTEMPT}.
     *
     * @throws UndeliveredException if the receiver didn't get it
     * @throws InterruptedException if the thread was interrupted, because the program ends
     */
    void send(Notice notice) throws UndeliveredException, InterruptedException;
}
