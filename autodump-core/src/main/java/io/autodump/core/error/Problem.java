package io.autodump.core.error;

import java.util.Objects;

/**
 * One thing that is wrong with some input.
 *
 * @param where the key, tag, field or line that is to be changed
 * @param what what is wrong with it and what is expected; never holds a secret's value
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
