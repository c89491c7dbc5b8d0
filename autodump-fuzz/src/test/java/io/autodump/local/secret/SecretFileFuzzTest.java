package io.autodump.local.secret;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Each secret of a file of any bytes is a secret, or a list of problems. */
class SecretFileFuzzTest {
    @FuzzTest
    void fuzz(byte[] input) {
        assertThat(SecretFile.parse("orders", new String(input, StandardCharsets.UTF_8)))
                .allSatisfy(file -> assertThat(file.value().isPresent())
                        .isEqualTo(file.problems().isEmpty()));
    }
}
