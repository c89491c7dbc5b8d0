package io.autodump.core.usecase.retain;

import java.util.Locale;

/**
 * What happens to one thing in the store, and why. Immutable.
 *
 * @param kind what it is
 * @param key its key in the store
 * @param deleted whether it was deleted; after a dry run, whether it would be
 * @param reason why, in a few words for a person
 */
public record PruneItem(Kind kind, String key, boolean deleted, String reason) {
    /** What a prune looks at. */
    public enum Kind {
        /** A finished dump. */
        DUMP,
        /** A file without a manifest. */
        UNFINISHED,
        /** A record beside a dump or a run. */
        RECORD;

        /** Returns the word for people and programs, for example {@code dump}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
