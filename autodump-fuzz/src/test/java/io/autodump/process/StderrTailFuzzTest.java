package io.autodump.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;

/** What a child says on standard error takes a bounded place, whatever it says. */
class StderrTailFuzzTest {
    @FuzzTest
    void fuzz(byte[] input) {
        StderrTail tail = new StderrTail(new ByteArrayInputStream(input), line -> line.startsWith("p"), line -> line);
        tail.run();
        assertThat(tail.lines().stream().mapToInt(String::length).sum())
                .isLessThanOrEqualTo(StderrTail.KEPT_CHARACTERS + StderrTail.LONGEST_LINE);
    }
}
