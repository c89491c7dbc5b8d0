package io.autodump.core.restore;

import java.util.Objects;
import java.util.Optional;

/**
 * Something that would make a restore fail.
 *
 * @param kind what it is, in a few words: {@code extension}, {@code event trigger}, {@code owner}
 * @param name which one, as SQL names it; never holds a password
 * @param why the reason, as a sentence without a full stop
 * @param remedy what to do about it, as a sentence without a full stop
 * @param skip the kind to leave out to avoid the obstacle; empty if there is none
 */
public record RestoreObstacle(String kind, String name, String why, String remedy, Optional<SkippableKind> skip) {
    public RestoreObstacle {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(why, "why");
        Objects.requireNonNull(remedy, "remedy");
        Objects.requireNonNull(skip, "skip");
    }

    /** One line for a person. */
    @Override
    public String toString() {
        return kind + " " + name + ": " + why;
    }
}
