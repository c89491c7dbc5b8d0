package io.autodump.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChildProcessTest {
    @Test
    void leavesAChildItsGraceAlsoWhenTheThreadThatStopsItIsInterrupted(@TempDir Path folder) throws Exception {
        Path cancelled = folder.resolve("cancelled");
        try (ChildProcess child = start("trap 'sleep 0.3; : > " + cancelled + "; exit 0' TERM; echo; read never")) {
            assertThat(child.stdout().read()).isEqualTo('\n');

            Thread.currentThread().interrupt();
            child.stop();

            assertThat(Thread.interrupted())
                    .as("the interrupt is still pending")
                    .isTrue();
            assertThat(cancelled).exists();
            assertThat(child.isAlive()).isFalse();
        }
    }

    private static ChildProcess start(String script) throws IOException {
        return ChildProcess.start(
                List.of("/bin/sh", "-c", script), Map.of("PATH", "/usr/bin:/bin"), line -> false, line -> line);
    }
}
