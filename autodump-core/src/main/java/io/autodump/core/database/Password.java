package io.autodump.core.database;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A password that isn't printed by accident: {@link #toString()} always returns {@code ***}. {@link #equals} compares
 * the characters in constant time. Immutable and thread-safe.
 */
public final class Password {
    private final String characters;

    private Password(String characters) {
        this.characters = characters;
    }

    /** Wraps the characters of a password; none are allowed. */
    public static Password of(String characters) {
        return new Password(characters);
    }

    /** Returns the characters, to be passed to the database. Never log them. */
    public String reveal() {
        return characters;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Password that
                && MessageDigest.isEqual(
                        characters.getBytes(StandardCharsets.UTF_8), that.characters.getBytes(StandardCharsets.UTF_8));
    }

    /** The same value for every password, so that a printed hash code reveals nothing. */
    @Override
    public int hashCode() {
        return Password.class.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
