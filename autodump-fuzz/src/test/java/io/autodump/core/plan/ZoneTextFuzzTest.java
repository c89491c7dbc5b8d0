package io.autodump.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** A time zone is one of the IANA database, or an {@link IllegalArgumentException} with a proposal. */
class ZoneTextFuzzTest {
    @FuzzTest
    void fuzz(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        try {
            assertThat(ZoneText.parse(text).getId()).isEqualTo(text);
        } catch (IllegalArgumentException documented) {
            assertThat(documented).hasMessageContaining("isn't an IANA time zone");
        }
    }
}
