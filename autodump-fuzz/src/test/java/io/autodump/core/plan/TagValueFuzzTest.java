package io.autodump.core.plan;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.autodump.core.contract.TagNames;
import io.autodump.core.error.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * One text as the value of each tag, of any length: a file may hold tags that are longer than AWS allows. The first
 * byte chooses the tag.
 */
class TagValueFuzzTest {
    private static final List<String> NAMES = TagNames.ALL.stream().sorted().toList();

    @FuzzTest
    void fuzz(byte[] input) {
        if (input.length == 0) {
            return;
        }
        String name = NAMES.get(Byte.toUnsignedInt(input[0]) % NAMES.size());
        String value = new String(input, 1, input.length - 1, StandardCharsets.UTF_8);
        try {
            SecretTags.parse("secret", Map.of(name, value));
        } catch (InvalidInputException documented) {
            documented.report();
        }
    }
}
