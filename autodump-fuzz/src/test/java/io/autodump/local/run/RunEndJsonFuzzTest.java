package io.autodump.local.run;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.Assertions;

/** The file of an ended run tells its end, or is an {@link IOException}. */
class RunEndJsonFuzzTest {
    @FuzzTest
    void fuzz(byte[] input) {
        try {
            RunEnd end = RunEndJson.parse(new String(input, StandardCharsets.UTF_8));
            Assertions.assertThat(end.detail()).isNotNull();
        } catch (IOException documented) {
            Assertions.assertThat(documented).isNotNull();
        }
    }
}
