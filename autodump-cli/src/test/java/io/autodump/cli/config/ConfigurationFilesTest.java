package io.autodump.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFilesTest {
    private final Path folder;
    private final Path here;
    private final Path home;

    ConfigurationFilesTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        here = Files.createDirectory(folder.resolve("here"));
        home = Files.createDirectory(folder.resolve("home"));
    }

    @Test
    void theVariableOverridesEveryPlace() throws IOException {
        write(here.resolve("autodump.yaml"));

        assertThat(find(Map.of("AUTODUMP_CONFIG", "other.yaml"))).isEqualTo(here.resolve("other.yaml"));
        assertThat(find(Map.of("AUTODUMP_CONFIG", "/srv/a.yaml"))).isEqualTo(Path.of("/srv/a.yaml"));
        assertThat(find(Map.of("AUTODUMP_CONFIG", " "))).isEqualTo(here.resolve("autodump.yaml"));
    }

    @Test
    void theWorkingFolderComesBeforeTheHome() throws IOException {
        Path ofTheUser = write(home.resolve(".config/autodump/autodump.yaml"));

        assertThat(find(Map.of("HOME", home.toString()))).isEqualTo(ofTheUser);
        assertThat(find(Map.of("HOME", home.toString(), "XDG_CONFIG_HOME", folder.toString())))
                .isEqualTo(here.resolve("autodump.yaml"));

        Path ofTheFolder = write(here.resolve("autodump.yaml"));
        assertThat(find(Map.of("HOME", home.toString()))).isEqualTo(ofTheFolder);
    }

    @Test
    void aFileThatIsNowhereIsMissedInTheWorkingFolder() {
        assertThat(find(Map.of())).isEqualTo(here.resolve("autodump.yaml"));
    }

    @Test
    void aPipeThatNobodyWritesIntoIsRefused() throws Exception {
        Path pipe = pipe();

        AutoDumpException refused = catchThrowableOfType(
                AutoDumpException.class, () -> ConfigurationFiles.read(pipe, Duration.ofMillis(1)));

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
        assertThat(refused.description()).isEqualTo(pipe + " is a pipe that nobody writes into");
    }

    @Test
    void aPipeIsReadToItsEnd() throws Exception {
        Path pipe = pipe();
        Process writer = new ProcessBuilder("sh", "-c", "echo 'store: ./a' > " + pipe).start();

        assertThat(ConfigurationFiles.read(pipe)).isEqualTo("store: ./a\n");
        assertThat(writer.waitFor()).isZero();
    }

    private Path pipe() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        return pipe;
    }

    private Path find(Map<String, String> variables) {
        return ConfigurationFiles.find(here, variables);
    }

    private static Path write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "");
    }
}
