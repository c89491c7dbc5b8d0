package io.autodump.testkit.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The notifications that SNS received and the events that EventBridge received. Thread-safe. */
public final class FakeMessages {
    private final List<Map<String, String>> events = new CopyOnWriteArrayList<>();
    private final List<Map<String, String>> notifications = new CopyOnWriteArrayList<>();
    private volatile boolean refuseEntries;

    FakeMessages() {}

    /** Returns the entries of PutEvents, oldest first. The keys are the field names, such as {@code DetailType}. */
    public List<Map<String, String>> events() {
        return List.copyOf(events);
    }

    /** Returns the parameters of Publish, oldest first. The keys are those of the form, such as {@code TopicArn}. */
    public List<Map<String, String>> notifications() {
        return List.copyOf(notifications);
    }

    /** Makes every later call of PutEvents succeed and refuse its entries. */
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
