package io.autodump.postgres.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.postgres.client.MajorVersion;
import io.autodump.postgres.client.PostgresClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UnrestrictedScriptTest {
    private static final String HEAD = "--\n-- PostgreSQL database dump\n--\n\n";
    private static final String END = "--\n-- PostgreSQL database dump complete\n--\n\n";

    @ParameterizedTest
    @CsvSource({
        "13.21, true", "13.22, false", "14.18, true", "14.19, false", "15.13, true", "15.14, false", "15.9, true",
        "16.9, true", "16.10, false", "17.5, true", "17.6, false", "17.12, false", "18.0, false", "18.6, false",
        "19beta1, false", "12.20, true"
    })
    void isNeededForProgramsFromBeforeAugust2025(String version, boolean needed) {
        assertThat(UnrestrictedScript.isNeeded(new PostgresClient(
                        Path.of("/bin"), version, MajorVersion.of(version).orElseThrow())))
                .isEqualTo(needed);
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "1000", "1024", "5000", "100000"})
    void takesOutBothCommandsAndNothingElse(int rows) throws IOException {
        String body = "\\restrict x\n\\unrestrict word\n\n" + "row\n".repeat(rows);

        assertThat(filtered(HEAD + "\\restrict word\n\n" + body + END + "\\unrestrict word\n\n"))
                .isEqualTo(HEAD + "\n" + body + END);
    }

    @Test
    void leavesAnOlderScriptAlone() throws IOException {
        assertThat(filtered(HEAD + "SET x = 1;\n" + END)).isEqualTo(HEAD + "SET x = 1;\n" + END);
        assertThat(filtered("")).isEmpty();
    }

    /** In pieces of every size, as pipes give them. */
    private static String filtered(String script) throws IOException {
        InputStream pieces = new ByteArrayInputStream(script.getBytes(StandardCharsets.ISO_8859_1)) {
            private final Random random = new Random(script.length());

            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                return super.read(buffer, offset, length == 0 ? 0 : 1 + random.nextInt(Math.min(length, 700)));
            }
        };
        try (InputStream filtered = UnrestrictedScript.of(pieces)) {
            return new String(filtered.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
