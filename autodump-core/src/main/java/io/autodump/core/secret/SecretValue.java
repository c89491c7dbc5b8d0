package io.autodump.core.secret;

import java.util.Objects;

/** The raw JSON text of a secret. {@link #toString()} never shows it. Immutable and thread-safe. */
public final class SecretValue {
    private final String json;

    private SecretValue(String json) {
        this.json = Objects.requireNonNull(json, "json");
    }

    /** Wraps the text. It isn't parsed or checked here. */
    public static SecretValue of(String json) {
        return new SecretValue(json);
    }

    /** Returns the text, to be parsed. Never log it. */
    public String reveal() {
        return json;
    }

    @Override
    public String toString() {
        return "***";
    }
}
