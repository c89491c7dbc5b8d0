package io.autodump.cli.terminal;

import java.util.Map;

/** When to use colours. */
public enum ColorMode {
    AUTO,
    ALWAYS,
    NEVER;

    /**
     * Whether to use colours on a stream.
     *
     * @param terminal whether the stream is a terminal
     * @param variables the environment; any non-empty {@code NO_COLOR} turns colours off (no-color.org), as does
     *     {@code TERM=dumb}
     */
    public boolean colours(boolean terminal, Map<String, String> variables) {
        return switch (this) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO ->
                terminal
                        && variables.getOrDefault("NO_COLOR", "").isEmpty()
                        && !variables.getOrDefault("TERM", "").equals("dumb");
        };
    }
}
