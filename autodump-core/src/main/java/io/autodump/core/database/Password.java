package io.autodump.core.database;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A password that can't be printed by accident: {@link #toString()} is always {@code ***}. Immutable and thread-safe.
 * Equality compares the characters, in a time that doesn't depend on where they differ.
 */
public final class Password {
    private final String characters;

    private Password(String characters) {
        this.characters = characters;
    }

    public static Password of(String characters) {
        return new Password(characters);
    }

    /** The characters themselves, for the one place that hands them to the database. Never log the answer. */
    public String reveal() {
        return characters;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Password that
                && MessageDigest.isEqual(
                        characters.getBytes(StandardCharsets.UTF_8), that.characters.getBytes(StandardCharsets.UTF_8));
    }

    /** One value for all, so that a printed hash code says nothing of the characters. */
    @Override
    public int hashCode() {
        return Password.class.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
