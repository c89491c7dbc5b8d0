package io.autodump.core.port;

import io.autodump.core.dump.DumpEvent;
import java.time.Instant;

/** Receives the outcome of every run, so that a missing dump is noticed. Thread-safe. */
public interface DumpEvents {
    /** Ignores every event. */
    DumpEvents NONE = event -> {};

    /**
     * Publishes an outcome. Must not throw, because a dump doesn't fail if its event can't be published. Report such a
     * failure by other means.
     */
    void publish(DumpEvent event);

    /**
     * Says that an attempt at a run begins; its outcome follows as an event. Must return at once and must not throw. By
     * default it does nothing.
     *
     * @param secretName the name of the run's secret
     * @param scheduledAt the instant for which the run was scheduled
     */
    default void started(String secretName, Instant scheduledAt) {}
}
