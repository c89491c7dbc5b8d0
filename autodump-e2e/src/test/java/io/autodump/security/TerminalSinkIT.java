package io.autodump.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.core.AutoDump;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.NotIncluded;
import io.autodump.core.testing.FakeDumpSource;
import io.autodump.core.wire.DumpManifestJson;
import io.autodump.local.store.DirectoryDumpStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command prints about secrets and dumps whose every text is hostile. */
class TerminalSinkIT {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    @TempDir
    private Path folder;

    private AutodumpCommand autodump = new AutodumpCommand(Path.of(""));

    @BeforeEach
    void fill() throws IOException {
        autodump = AutodumpCommand.in(folder);
        int number = 0;
        for (String value : HostileValues.ALL) {
            secret("secret-" + number, value);
            dump("secret-" + number, value);
            number++;
        }
        secret("a\u001b[31mb", "x");
    }

    private void secret(String name, String value) throws IOException {
        ObjectNode secret = MAPPER.createObjectNode().put("name", name);
        secret.putObject("tags")
                .put("autodump:start-schedule", "0 2 - - -")
                .put("autodump:schemas", value)
                .put("autodump:" + value, value)
                .put("autodump:timezone", value);
        secret.putObject("value")
                .put("username", value)
                .put("password", "geheim-4711")
                .put("databasename", value)
                .put("endpoint", value)
                .put("engine", value);
        Path file =
                Files.writeString(folder.resolve("secrets").resolve(name + ".json"), MAPPER.writeValueAsString(secret));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** A finished dump, whose manifest is then rewritten by somebody. */
    private void dump(String name, String value) throws IOException {
        DirectoryDumpStore store = new DirectoryDumpStore(folder.resolve("dumps"));
        DumpManifest manifest = AutoDump.builder()
                .dumpSource(FakeDumpSource.printing("dump".getBytes(StandardCharsets.UTF_8)))
                .dumpStore(store)
                .build()
                .dump(
                        name,
                        DatabaseSecret.builder()
                                .username("app")
                                .password(Password.of("geheim-4711"))
                                .database("shop")
                                .host("localhost")
                                .build())
                .manifest();
        DumpManifest hostile = DumpManifest.builder()
                .from(manifest)
                .database(value.isEmpty() ? "x" : value)
                .secretName(name)
                .serverVersion(value)
                .clientVersion(value)
                .roles(List.of(value))
                .warnings(List.of(value))
                .notIncluded(List.of(new NotIncluded(value, value, value, value)))
                .build();
        Files.write(
                folder.resolve("dumps").resolve(manifest.key().manifestKey()),
                DumpManifestJson.write(hostile).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void nothingThatIsPrintedControlsTheTerminal() {
        for (List<String> arguments : List.of(
                List.of("list"),
                List.of("list", "--json"),
                List.of("plan"),
                List.of("plan", "--json"),
                List.of("doctor"),
                List.of("doctor", "--json"),
                List.of("verify", "latest:secret-3"),
                List.of("dump", "secret-25", "--debug"),
                List.of("dump", "secret-30", "--json"))) {
            AutodumpCommand.Result result = autodump.run(arguments.toArray(String[]::new));
            assertThat(result.text()).as(arguments.toString()).isNotEmpty().doesNotContain("geheim-4711");
            Printed.assertHarmless(result.text());
        }
    }

    @Test
    void namesOnTheCommandLineAreShownHarmlesslyToo() {
        for (String value : HostileValues.arguments()) {
            for (String command : List.of("dump", "list", "plan", "verify", "restore")) {
                AutodumpCommand.Result result = autodump.run(command, "--", value);
                Printed.assertHarmless(result.text());
                assertThat(result.text()).as(command).doesNotContain("AD-9001");
            }
        }
    }

    @Test
    void aNameMakesNoMessageOfItsOwn() {
        String text = autodump.run("list").text()
                + autodump.run("plan").text()
                + autodump.run("doctor").text();
        assertThat(text.lines()
                        .filter(line -> line.startsWith("HINT: run curl")
                                || line.startsWith("warning: all is well")
                                || line.startsWith("AD-0000")))
                .isEmpty();
    }
}
