package io.autodump.postgres.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptEndTest {
    private static final String HEAD = "--\n-- PostgreSQL database dump\n--\n\n";
    private static final String CLOSING = "\n--\n-- PostgreSQL database dump complete\n--\n\n";

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 4_000, 4_096, 5_000, 200_000})
    void knowsAWholeScriptOfAnyLength(int rows) throws IOException {
        assertThat(isWhole(HEAD + "r".repeat(rows) + CLOSING)).isTrue();
        assertThat(isWhole(HEAD + "\\restrict abc\n" + "r".repeat(rows) + CLOSING + "\\unrestrict abc\n\n"))
                .isTrue();
    }

    @Test
    void takesNothingElseForTheEnd() throws IOException {
        assertThat(isWhole("")).isFalse();
        assertThat(isWhole(HEAD)).isFalse();
        assertThat(isWhole(HEAD + CLOSING + "1\tmore\n")).isFalse();
        assertThat(isWhole(HEAD + "COPY t FROM stdin;\n-- PostgreSQL database dump complete\n"))
                .isFalse();
        assertThat(isWhole("rows\n" + CLOSING)).isFalse();
        assertThat(isWhole(HEAD + "\\restrict abc\n" + CLOSING)).isFalse();
        assertThat(isWhole(HEAD + "\\restrict abc\n" + CLOSING + "\\unrestrict other\n\n"))
                .isFalse();
    }

    @Test
    void findsEveryCut() throws IOException {
        String script = HEAD + "\\restrict abc\nrows\n" + CLOSING + "\\unrestrict abc\n\n";
        for (int length = 0; length < script.length(); length++) {
            assertThat(isWhole(script.substring(0, length)))
                    .as("%s characters", length)
                    .isFalse();
        }
        assertThat(isWhole(script)).isTrue();
        assertThat(isWhole(HEAD + CLOSING)).isTrue();
        assertThat(isWhole((HEAD + CLOSING).substring(0, (HEAD + CLOSING).length() - 1)))
                .isFalse();
    }

    @Test
    void dropsTheOneSettingThatOlderServersDoNotKnow() throws IOException {
        String script = HEAD + "SET lock_timeout = 0;\nSET transaction_timeout = 0;\nSET x = 1;\n" + "r".repeat(9_000)
                + "\nSET transaction_timeout = 0;\n";
        byte[] changed = OlderServerScript.of(new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)))
                .readAllBytes();
        assertThat(new String(changed, StandardCharsets.UTF_8))
                .isEqualTo(script.replaceFirst("SET transaction_timeout = 0;\n", ""));
        assertThat(OlderServerScript.isNeeded(17, 16)).isTrue();
        assertThat(OlderServerScript.isNeeded(16, 15)).isFalse();
        assertThat(OlderServerScript.isNeeded(18, 17)).isFalse();
    }

    private static boolean isWhole(String script) throws IOException {
        try (ScriptEnd end = new ScriptEnd(new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)))) {
            end.transferTo(OutputStream.nullOutputStream());
            return end.isWhole();
        }
    }
}
