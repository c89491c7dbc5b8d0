package io.autodump.cli.command;

import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.wiring.Interruption;
import io.autodump.cli.wiring.ProcessEnvironment;
import io.autodump.core.database.Password;
import io.autodump.core.port.DatabaseEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs command lines in-process, in a folder of their own, at one fixed instant. */
final class CommandLineRun {
    static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    private final Path folder;
    private final DatabaseEngine engine;
    private Map<String, String> variables = Map.of();
    private boolean fullDisk;
    private Optional<String> typedPassword = Optional.empty();

    CommandLineRun(Path folder, DatabaseEngine engine) throws IOException {
        this.folder = folder;
        this.engine = engine;
        Files.createDirectories(folder.resolve("secrets"));
        Files.writeString(folder.resolve("autodump.yaml"), "secrets: ./secrets\nstore: ./dumps\n");
    }

    /** The result of one command line. */
    record Result(int exitStatus, String out, String err) {}

    CommandLineRun variables(Map<String, String> environment) {
        variables = environment;
        return this;
    }

    CommandLineRun typing(String password) {
        typedPassword = Optional.of(password);
        return this;
    }

    /** Writes a secret with these tags (JSON) and a good value. */
    CommandLineRun secret(String name, String tags) throws IOException {
        Path file = folder.resolve("secrets").resolve(name + ".json");
        Files.writeString(
                file,
                "{\"name\": \"" + name + "\", \"tags\": " + tags
                        + ", \"value\": {\"engine\": \"postgres\", \"endpoint\":"
                        + " \"localhost\", \"databasename\": \"shop\", \"username\": \"autodump\", \"password\":"
                        + " \"geheim-4711\"}}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return this;
    }

    /** Standard output can't be written from now on. */
    CommandLineRun toFullDisk() {
        fullDisk = true;
        return this;
    }

    Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        ProcessEnvironment surroundings = new ProcessEnvironment(
                new Terminal.Streams(fullDisk ? full() : print(out), print(err), false, 100),
                false,
                variables,
                folder,
                () -> NOW,
                prompt -> typedPassword.map(Password::of),
                prompt -> typedPassword);
        int exitStatus = AutoDumpCommand.run(
                surroundings, configuration -> List.of(engine), new Interruption(), List.of(arguments));
        return new Result(exitStatus, text(out), text(err));
    }

    private static PrintStream full() {
        return new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int oneByte) throws IOException {
                        throw new IOException("No space left on device");
                    }
                },
                true,
                StandardCharsets.UTF_8);
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    /** Without what differs from one test folder to the next. */
    private String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8).replace(folder.toString(), "/test");
    }
}
