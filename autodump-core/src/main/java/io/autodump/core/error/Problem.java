package io.autodump.core.error;

import java.util.Objects;

/**
 * One problem of an input. Immutable.
 *
 * @param where the key, tag, field or line to change
 * @param what what is wrong with it and what is expected; never contains a secret's value
 */
public record Problem(String where, String what) {
    public Problem {
        Objects.requireNonNull(where, "where");
        Objects.requireNonNull(what, "what");
    }

    @Override
    public String toString() {
        return where + ": " + what;
    }
}
