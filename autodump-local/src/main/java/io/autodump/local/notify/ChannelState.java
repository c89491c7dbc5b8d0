package io.autodump.local.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * How well a channel works. Immutable.
 *
 * @param name the name of the channel
 * @param deliveredAt when it last delivered a notice; empty if it never did
 * @param failures how many notices it has lost since then
 * @param failedAt when it last lost one; empty if it lost none since it last delivered one
 * @param problem why it lost that one
 */
public record ChannelState(
        String name,
        Optional<Instant> deliveredAt,
        int failures,
        Optional<Instant> failedAt,
        Optional<String> problem) {

    static ChannelState unused(String name) {
        return new ChannelState(name, Optional.empty(), 0, Optional.empty(), Optional.empty());
    }

    ChannelState delivered(Instant now) {
        return new ChannelState(name, Optional.of(now), 0, Optional.empty(), Optional.empty());
    }

    ChannelState failed(Instant now, String why) {
        return new ChannelState(name, deliveredAt, failures + 1, Optional.of(now), Optional.of(why));
    }

    ObjectNode toJson() {
        ObjectNode node = StateFiles.object().put("name", name);
        deliveredAt.ifPresent(at -> node.put("deliveredAt", at.toString()));
        node.put("failures", failures);
        failedAt.ifPresent(at -> node.put("failedAt", at.toString()));
        problem.ifPresent(why -> node.put("problem", why));
        return node;
    }

    static ChannelState of(ObjectNode node) {
        return new ChannelState(
                node.path("name").asText(),
                instant(node.path("deliveredAt")),
                node.path("failures").asInt(),
                instant(node.path("failedAt")),
                Optional.ofNullable(node.path("problem").textValue()));
    }

    /** Empty for a text that isn't an instant. */
    static Optional<Instant> instant(JsonNode node) {
        try {
            return Optional.ofNullable(node.textValue()).map(Instant::parse);
        } catch (DateTimeException notOurs) {
            return Optional.empty();
        }
    }
}
