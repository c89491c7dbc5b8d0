package io.autodump.e2e;

import com.fasterxml.jackson.databind.JsonNode;

/** A service behind a Task state. Called by several threads. */
@FunctionalInterface
interface Integration {
    /**
     * Does what the state asks for.
     *
     * @param parameters the state's, evaluated
     */
    JsonNode perform(JsonNode parameters) throws TaskFailure;
}
