package io.autodump.dumper;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.contract.DumperNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DockerfileTest {
    @Test
    void runsAsTheUserThatTheJobDefinitionNames() throws IOException {
        assertThat(Files.readAllLines(Path.of("Dockerfile"))).contains("USER " + DumperNames.USER);
    }
}
