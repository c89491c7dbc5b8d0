package io.autodump.core.port;

import io.autodump.core.dump.DumpEvent;

/** Tells the world what came of a run, so that a missing dump makes noise. */
public interface DumpEvents {
    /** Tells nobody. */
    DumpEvents NONE = event -> {};

    /** Must not throw: a dump doesn't fail because nobody could be told. Report such a failure by other means. */
    void publish(DumpEvent event);
}
