package io.autodump.cli.wiring;

import io.autodump.cli.terminal.PipeOutput;
import io.autodump.cli.terminal.Terminal;
import io.autodump.core.database.Password;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The environment of a process.
 *
 * @param streams the standard streams
 * @param outIsTerminal whether standard output is a terminal
 * @param variables the environment variables
 * @param workingFolder the working folder, an absolute path
 * @param clock the current time
 * @param passwordPrompt asks a person for a password; returns empty if there is no terminal
 * @param linePrompt asks a person for a line, which is shown as it is typed; returns empty if there is no terminal
 */
public record ProcessEnvironment(
        Terminal.Streams streams,
        boolean outIsTerminal,
        Map<String, String> variables,
        Path workingFolder,
        InstantSource clock,
        Function<String, Optional<Password>> passwordPrompt,
        Function<String, Optional<String>> linePrompt) {
    private static final int USUAL_WIDTH = 100;

    /**
     * The environment of this process. Java can't tell which streams are terminals, so {@code bin/autodump} passes that
     * in system properties. Without them, no stream is one.
     */
    public static ProcessEnvironment ofProcess() {
        return new ProcessEnvironment(
                new Terminal.Streams(
                        utf8(FileDescriptor.out),
                        utf8(FileDescriptor.err),
                        Boolean.getBoolean("autodump.err.terminal"),
                        width()),
                Boolean.getBoolean("autodump.out.terminal"),
                System.getenv(),
                Path.of("").toAbsolutePath(),
                Clock.systemUTC(),
                Boolean.getBoolean("autodump.in.terminal") ? ProcessEnvironment::ask : prompt -> Optional.empty(),
                Boolean.getBoolean("autodump.in.terminal") ? ProcessEnvironment::askLine : prompt -> Optional.empty());
    }

    /** JSON is UTF-8, regardless of the locale. */
    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new PipeOutput(new FileOutputStream(descriptor)), true, StandardCharsets.UTF_8);
    }

    private static int width() {
        Integer width = Integer.getInteger("autodump.terminal.width");
        return width == null || width < 1 ? USUAL_WIDTH : width;
    }

    private static Optional<Password> ask(String prompt) {
        return Optional.ofNullable(System.console())
                .flatMap(console -> Optional.ofNullable(console.readPassword("%s", prompt)))
                .map(typed -> Password.of(String.valueOf(typed)));
    }

    private static Optional<String> askLine(String prompt) {
        return Optional.ofNullable(System.console())
                .flatMap(console -> Optional.ofNullable(console.readLine("%s", prompt)));
    }
}
