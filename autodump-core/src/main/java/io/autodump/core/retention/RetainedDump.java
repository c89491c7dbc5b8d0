package io.autodump.core.retention;

import io.autodump.core.dump.DumpKey;
import java.time.Instant;
import java.util.Set;

/**
 * What retention needs to know about a dump. Immutable.
 *
 * @param key the dump
 * @param scheduledAt the instant for which it was scheduled
 * @param finishedAt when it was finished; of an unreadable dump, its scheduled instant
 * @param traits what protects it
 */
public record RetainedDump(DumpKey key, Instant scheduledAt, Instant finishedAt, Set<Trait> traits) {
    /** What protects a dump from being deleted. */
    public enum Trait {
        /** Its manifest can't be read. */
        UNREADABLE,
        /** It has lost much of what its predecessors had, and no person has acknowledged it. */
        SUSPICIOUS,
        /** A restore has proven it. */
        PROVEN,
        /** A record beside it says that it stays. */
        LOCKED
    }

    public RetainedDump {
        traits = Set.copyOf(traits);
    }

    /** Returns whether it has this trait. */
    public boolean is(Trait trait) {
        return traits.contains(trait);
    }

    /** Returns whether its manifest can be read and it isn't suspicious. */
    public boolean isGood() {
        return !is(Trait.UNREADABLE) && !is(Trait.SUSPICIOUS);
    }
}
