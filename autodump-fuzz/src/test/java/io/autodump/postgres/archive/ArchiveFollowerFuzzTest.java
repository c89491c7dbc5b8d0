package io.autodump.postgres.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;

/** An archive of any bytes is whole or isn't, never an exception, and the same in pieces as at once. */
class ArchiveFollowerFuzzTest {
    private static final int PRIME = 7;

    @FuzzTest
    void fuzz(byte[] input) {
        Optional<String> atOnce = problem(input, Math.max(1, input.length));
        assertThat(problem(input, 1)).isEqualTo(atOnce);
        assertThat(problem(input, PRIME)).isEqualTo(atOnce);
        assertThat(atOnce.orElse("")).doesNotContain("\u0000", "\n", "\u001b");
    }

    private static Optional<String> problem(byte[] input, int piece) {
        ArchiveFollower follower = new ArchiveFollower();
        for (int at = 0; at < input.length; at += piece) {
            follower.accept(input, at, Math.min(piece, input.length - at));
        }
        return follower.problem();
    }
}
