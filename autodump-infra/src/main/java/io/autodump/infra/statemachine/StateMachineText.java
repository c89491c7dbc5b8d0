package io.autodump.infra.statemachine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Reads a definition from the jar. */
final class StateMachineText {
    private StateMachineText() {}

    static String read(String name) {
        try (InputStream file =
                Objects.requireNonNull(DumpStateMachineDefinition.class.getResourceAsStream(name), name)) {
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(name + " in the jar of autodump-infra is unreadable", unreadable);
        }
    }
}
