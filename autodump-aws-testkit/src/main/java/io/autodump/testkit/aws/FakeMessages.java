package io.autodump.testkit.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** What was published. Thread-safe. */
public final class FakeMessages {
    private final List<Map<String, String>> events = new CopyOnWriteArrayList<>();
    private final List<Map<String, String>> notifications = new CopyOnWriteArrayList<>();
    private volatile boolean refuseEntries;

    FakeMessages() {}

    /** The entries of PutEvents, by their own field names. */
    public List<Map<String, String>> events() {
        return List.copyOf(events);
    }

    /** The parameters of Publish, as they stood in the form. */
    public List<Map<String, String>> notifications() {
        return List.copyOf(notifications);
    }

    /** From now on PutEvents succeeds and refuses every entry. */
    public void refuseEntries() {
        refuseEntries = true;
    }

    FakeAnswer put(FakeRequest request) {
        ObjectNode result = FakeRequest.MAPPER.createObjectNode();
        var entries = result.putArray("Entries");
        for (JsonNode entry : request.fields().path("Entries")) {
            if (refuseEntries) {
                entries.addObject().put("ErrorCode", "NotAuthorizedForBus").put("ErrorMessage", "no");
            } else {
                events.add(texts(entry));
                entries.addObject().put("EventId", "event-" + events.size());
            }
        }
        return FakeAnswer.of(result.put("FailedEntryCount", refuseEntries ? entries.size() : 0));
    }

    FakeAnswer publish(FakeRequest request) {
        notifications.add(texts(request.fields()));
        return FakeAnswer.ofXml("<MessageId>message-" + notifications.size() + "</MessageId>");
    }

    private static Map<String, String> texts(JsonNode node) {
        return FakeRequest.MAPPER.convertValue(
                node, FakeRequest.MAPPER.getTypeFactory().constructMapType(Map.class, String.class, String.class));
    }
}
