package io.autodump.core.dump;

import java.util.Objects;

/**
 * Something that belongs to a database and isn't in its dump, though no tag left it out.
 *
 * @param kind what it is, in a few words: {@code subscription}, {@code user mapping options}, {@code database setting};
 *     {@code docs/fidelity.md} lists all kinds
 * @param name which one, as SQL names it; never holds a password
 * @param why the reason, as a sentence without a full stop
 * @param remedy what to do about it, as a sentence without a full stop
 */
public record NotIncluded(String kind, String name, String why, String remedy) {
    public NotIncluded {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(why, "why");
        Objects.requireNonNull(remedy, "remedy");
    }

    /** One line for a person. */
    @Override
    public String toString() {
        return kind + " " + name + ": " + why;
    }
}
