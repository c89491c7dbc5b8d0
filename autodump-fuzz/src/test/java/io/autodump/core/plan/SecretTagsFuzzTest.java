package io.autodump.core.plan;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.autodump.core.contract.TagNames;
import io.autodump.core.error.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tags of any value are tags or a list of problems; their hash never fails. */
class SecretTagsFuzzTest {
    private static final List<String> NAMES = List.copyOf(TagNames.ALL);
    private static final int MOST_TAGS = 4;

    @FuzzTest
    void fuzz(FuzzedDataProvider input) {
        Map<String, String> tags = new TreeMap<>();
        for (int i = input.consumeInt(0, MOST_TAGS); i > 0; i--) {
            String name =
                    input.consumeBoolean() ? input.pickValue(NAMES) : TagNames.PREFIX + input.consumeAsciiString(40);
            tags.put(name, input.consumeString(400));
        }
        TagsHash.v1(tags);
        try {
            TagsHash.of(SecretTags.parse("secret", tags));
        } catch (InvalidInputException documented) {
            documented.report();
        }
    }
}
