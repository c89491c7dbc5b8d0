package io.autodump.core.port;

import io.autodump.core.dump.DumpEvent;

/** Receives the outcome of every run, so that a missing dump is noticed. Thread-safe. */
public interface DumpEvents {
    /** Ignores every event. */
    DumpEvents NONE = event -> {};

    /**
     * Publishes an outcome. Must not throw, because a dump doesn't fail if its event can't be published. Report such a
     * failure by other means.
     */
    void publish(DumpEvent event);
}
