package io.autodump.postgres.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** A pattern of tables of any text becomes one that is anchored at both ends. */
class NamePatternFuzzTest {
    @FuzzTest
    void fuzz(byte[] input) {
        NamePattern pattern = NamePattern.parse(new String(input, StandardCharsets.UTF_8));
        assertThat(pattern.name()).startsWith("^(").endsWith(")$");
        pattern.schema().ifPresent(schema -> assertThat(schema).startsWith("^(").endsWith(")$"));
    }
}
