package io.autodump.security;

import io.autodump.cli.command.AutoDumpCommand;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.wiring.InstalledEngines;
import io.autodump.cli.wiring.Interruption;
import io.autodump.cli.wiring.ProcessEnvironment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The command, in this process, in a folder with secrets and dumps. */
record AutodumpCommand(Path folder) {
    private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");

    /** What it printed, on both streams. */
    record Result(int exitStatus, String text) {}

    static AutodumpCommand in(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("secrets"));
        Files.createDirectories(folder.resolve("dumps"));
        Files.writeString(folder.resolve("autodump.yaml"), "secrets: ./secrets\nstore: ./dumps\n");
        return new AutodumpCommand(folder);
    }

    Result run(String... arguments) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(text, true, StandardCharsets.UTF_8);
        ProcessEnvironment around = new ProcessEnvironment(
                new Terminal.Streams(stream, stream, false, 100),
                false,
                Map.of(),
                folder,
                () -> NOW,
                prompt -> Optional.empty(),
                question -> Optional.empty());
        int status = AutoDumpCommand.run(around, InstalledEngines::of, new Interruption(), List.of(arguments));
        return new Result(status, text.toString(StandardCharsets.UTF_8));
    }
}
