package io.autodump.postgres.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** A script of any bytes is whole or isn't, the same in pieces as at once, and never without its closing line. */
class ScriptEdgesFuzzTest {
    private static final String CLOSING = "\n--\n-- PostgreSQL database dump complete\n--\n";
    private static final int PRIME = 13;

    @FuzzTest
    void fuzz(byte[] input) {
        boolean atOnce = isWhole(input, Math.max(1, input.length));
        assertThat(isWhole(input, 1)).isEqualTo(atOnce);
        assertThat(isWhole(input, PRIME)).isEqualTo(atOnce);
        String script = new String(input, StandardCharsets.ISO_8859_1);
        if (atOnce) {
            assertThat(script)
                    .startsWith("--\n-- PostgreSQL database dump\n--\n")
                    .contains(CLOSING);
            byte[] longer = java.util.Arrays.copyOf(input, input.length + 1);
            assertThat(isWhole(longer, longer.length)).isFalse();
        }
    }

    private static boolean isWhole(byte[] input, int piece) {
        ScriptEdges edges = new ScriptEdges();
        for (int at = 0; at < input.length; at += piece) {
            edges.accept(input, at, Math.min(piece, input.length - at));
        }
        return edges.isWhole();
    }
}
