package io.autodump.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private Path find(Map<String, String> variables) {
        return ConfigurationFiles.find(here, variables);
    }

    private static Path write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "");
    }
}
