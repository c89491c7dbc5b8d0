package io.autodump.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A password in memory doesn't reach a disk by a core file or a heap dump, unless somebody asks for it. */
class MemoryImagesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void theCommandAndItsChildrenWriteNoCore() throws IOException {
        assertThat(Files.readString(ROOT.resolve("autodump-cli/src/main/dist/bin/autodump")))
                .contains("ulimit -c 0", "-XX:-CreateCoredumpOnCrash")
                .doesNotContain("HeapDumpOnOutOfMemoryError");
    }

    @Test
    void theContainerWritesNoCore() throws IOException {
        assertThat(Files.readAllLines(ROOT.resolve("autodump-dumper/src/main/image/java.options")))
                .contains("-XX:-CreateCoredumpOnCrash")
                .noneMatch(option -> option.contains("HeapDump"));
    }

    @Test
    void javaWritesNoHeapDumpByDefault() throws Exception {
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:-CreateCoredumpOnCrash",
                        "-XX:+PrintFlagsFinal",
                        "-version")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> flags = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceAll("\\s+", " "))
                .toList();
        assertThat(java.waitFor()).isZero();
        assertThat(flags)
                .anyMatch(flag -> flag.contains("bool CreateCoredumpOnCrash = false"))
                .anyMatch(flag -> flag.contains("bool HeapDumpOnOutOfMemoryError = false"));
    }
}
