package io.autodump.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationReaderTest {
    private static final String GOOD = "secrets: ./secrets\nstore: ./dumps\n";

    private final Path folder;

    ConfigurationReaderTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void readsTheTwoKeysThatMustBeThere() throws IOException {
        Configuration configuration = read(GOOD);

        assertThat(configuration.secrets()).isEqualTo(folder.resolve("secrets"));
        assertThat(configuration.store()).isEqualTo(folder.resolve("dumps"));
        assertThat(configuration.state()).isEqualTo(folder.resolve(".autodump"));
        assertThat(configuration.scratch()).isEmpty();
        assertThat(configuration.clients()).isEmpty();
        assertThat(configuration.stallTimeout()).isEmpty();
        assertThat(configuration.maxConcurrentDumps()).isEqualTo(2);
    }

    @Test
    void readsAllOtherKeys() throws IOException {
        Configuration configuration = read(GOOD
                + "state: /var/lib/autodump\nscratch: scratch-server\nclients: [.]\nstall-timeout: PT7M\n"
                + "max-concurrent-dumps: 5\n");

        assertThat(configuration.state()).isEqualTo(Path.of("/var/lib/autodump"));
        assertThat(configuration.scratch()).contains("scratch-server");
        assertThat(configuration.clients()).containsExactly(folder);
        assertThat(configuration.stallTimeout()).contains(Duration.ofMinutes(7));
        assertThat(configuration.maxConcurrentDumps()).isEqualTo(5);
    }

    @Test
    void readsTheStartingPoint() throws IOException {
        assertThat(read(StartingPoint.configuration()).store()).isEqualTo(folder.resolve("dumps"));
    }

    @Test
    void explainsEveryKeyInTheStartingPoint() throws IOException {
        String everythingOn = StartingPoint.configuration()
                .replaceAll("(?m)^#([a-z-]+: )", "$1")
                .replace("/usr/lib/postgresql/17/bin", ".");

        assertThat(read(everythingOn).scratch()).isPresent();
        assertThat(everythingOn)
                .contains("secrets:", "store:", "state:", "scratch:", "clients:", "stall-timeout:", "max-concurrent");
    }

    @Test
    void reportsAllProblemsAtOnceByLineAndKey() {
        String bad = """
                # mine
                secret: ./secrets
                store: 7
                state:
                clients: /usr/bin
                stall-timeout: 30m
                max-concurrent-dumps: many
                store: ./dumps
                nonsense: 1
                """;

        assertThatThrownBy(() -> read(bad))
                .asInstanceOf(InstanceOfAssertFactories.type(InvalidInputException.class))
                .satisfies(wrong -> {
                    assertThat(wrong.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
                    assertThat(wrong.problems().stream().map(Object::toString))
                            .containsExactly(
                                    "line 2, secret: isn't a key of this file; did you mean secrets?",
                                    "line 8, store: is there already, in line 3; keep one",
                                    "line 9, nonsense: isn't a key of this file; the keys are secrets, store, state,"
                                            + " scratch, clients, stall-timeout, max-concurrent-dumps",
                                    "secrets: is missing; for example secrets: ./secrets",
                                    "line 3, store: must be text",
                                    "line 4, state: has no value; write one, or remove the line",
                                    "line 5, clients: must be a list of folders, such as [/usr/lib/postgresql/17/bin]",
                                    "line 6, stall-timeout: \"30m\" isn't an ISO-8601 duration such as PT30M, of more"
                                            + " than nothing and at most a day",
                                    "line 7, max-concurrent-dumps: \"many\" isn't a whole number from 1 to 64");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "secrets: aws | Secrets Manager comes with the AWS adapters, which aren't in this release",
                "store: s3://bucket/prefix | S3 comes with the AWS adapters, which aren't in this release",
                "store: https://example.com | isn't a folder",
                "store: [a, b] | must be text",
                "store: {a: b} | must be text",
                "store: '' | must be text",
                "clients: [./absent] | there is no folder",
                "clients: [7] | must be text",
                "stall-timeout: PT0S | isn't an ISO-8601 duration",
                "stall-timeout: PT48H | isn't an ISO-8601 duration",
                "max-concurrent-dumps: 0 | isn't a whole number from 1 to 64",
                "max-concurrent-dumps: 65 | isn't a whole number from 1 to 64",
                "max-concurrent-dumps: 1.5 | isn't a whole number from 1 to 64",
                "scratch: [a] | must be text",
                "state: ~ | has no value"
            })
    void refusesWhatItCannotUse(String line, String problem) {
        String key = line.substring(0, line.indexOf(':'));
        String others = GOOD.replaceAll("(?m)^" + key + ":.*\\n", "");

        assertThatThrownBy(() -> read(others + line + "\n"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("line " + (others.lines().count() + 1) + ", " + key + ": ")
                .hasMessageContaining(problem);
    }

    @Test
    void saysWhereTheFileIsNoYaml() {
        assertThatThrownBy(() -> read("secrets: ./secrets\nstore: [./dumps\n"))
                .asInstanceOf(InstanceOfAssertFactories.type(InvalidInputException.class))
                .satisfies(wrong -> assertThat(wrong.problems()).singleElement().satisfies(problem -> {
                    assertThat(problem.where()).startsWith("line ");
                    assertThat(problem.what()).startsWith("isn't valid YAML");
                }));
    }

    @ParameterizedTest
    @CsvSource({"just words", "- a list", "7"})
    void refusesWhatIsNoMapping(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("isn't a mapping");
    }

    @Test
    void takesAnEmptyFileForOneWithoutItsKeys() {
        assertThatThrownBy(() -> read("# nothing yet\n"))
                .asInstanceOf(InstanceOfAssertFactories.type(InvalidInputException.class))
                .satisfies(wrong -> assertThat(wrong.problems()).hasSize(2));
    }

    @Test
    void namesTheCommandThatWritesAMissingFile() {
        assertThatThrownBy(() -> ConfigurationReader.read(folder.resolve("autodump.yaml")))
                .asInstanceOf(InstanceOfAssertFactories.type(AutoDumpException.class))
                .satisfies(missing -> assertThat(missing.report()).contains("AD-1003", "autodump init"));
    }

    @Test
    void writesAStartingPointOnceAndNeverReplacesIt() throws IOException {
        List<Path> written = StartingPoint.write(folder);

        assertThat(written)
                .containsExactly(folder.resolve("autodump.yaml"), folder.resolve("secrets/example.json"))
                .allSatisfy(file -> assertThat(file).isNotEmptyFile());
        assertThatThrownBy(() -> StartingPoint.write(folder))
                .isInstanceOf(AutoDumpException.class)
                .hasMessageContaining("nothing was written");
    }

    private Configuration read(String text) throws IOException {
        Path file = folder.resolve("autodump.yaml");
        Files.writeString(file, text);
        return ConfigurationReader.read(file);
    }
}
