package io.autodump.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LeftoverTest {
    @Test
    void sumsUp() {
        Leftover first = new Leftover("/dumps/a", 1024);

        assertThat(Leftover.summary(List.of(first), "file", "of killed dumps"))
                .isEqualTo("1 file of killed dumps, 1.0 KiB: /dumps/a");
        assertThat(Leftover.summary(List.of(first, new Leftover("/dumps/b", 1024)), "file", "of killed dumps"))
                .isEqualTo("2 files of killed dumps, 2.0 KiB: /dumps/a and others");
    }
}
