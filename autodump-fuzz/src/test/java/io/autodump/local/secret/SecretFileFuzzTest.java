package io.autodump.local.secret;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** The file of a secret of any bytes is a secret, or a list of problems. */
class SecretFileFuzzTest {
    @FuzzTest
    void fuzz(byte[] input) {
        SecretFile file = SecretFile.parse("orders", new String(input, StandardCharsets.UTF_8));
        assertThat(file.value().isPresent()).isEqualTo(file.problems().isEmpty());
    }
}
