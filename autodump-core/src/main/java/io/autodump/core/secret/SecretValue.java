package io.autodump.core.secret;

import java.util.Objects;

/** The raw JSON text of a secret, as its store holds it. {@link #toString()} never shows it. Immutable. */
public final class SecretValue {
    private final String json;

    private SecretValue(String json) {
        this.json = Objects.requireNonNull(json, "json");
    }

    public static SecretValue of(String json) {
        return new SecretValue(json);
    }

    /** The text itself, for the one parser that reads it. Never log the answer. */
    public String reveal() {
        return json;
    }

    @Override
    public String toString() {
        return "***";
    }
}
