package io.autodump.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.autodump.core.dump.NotIncluded;
import java.util.ArrayList;
import java.util.List;

/** What a dump doesn't hold, as JSON: in its manifest and in the event of its outcome. */
final class NotIncludedJson {
    private NotIncludedJson() {}

    static void write(List<NotIncluded> things, ArrayNode array) {
        things.forEach(thing -> array.addObject()
                .put("kind", thing.kind())
                .put("name", thing.name())
                .put("why", thing.why())
                .put("remedy", thing.remedy()));
    }

    static List<NotIncluded> read(JsonNode array) {
        List<NotIncluded> things = new ArrayList<>();
        array.forEach(thing -> things.add(new NotIncluded(
                thing.path("kind").asText(),
                thing.path("name").asText(),
                thing.path("why").asText(),
                thing.path("remedy").asText())));
        return things;
    }
}
